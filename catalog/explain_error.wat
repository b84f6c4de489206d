;;| name = "explain_error"
;;| description = "Explains an error message and what to try, by a model."
;;| signature = "(message: string) -> string"
;;| grants = ["ai"]
;;|
;;| [[example]]
;;| says = "what does the error EADDRINUSE: address already in use :::3000 mean?"
;;| args = ["EADDRINUSE: address already in use :::3000"]
;;| result = "Another process listens on port 3000.\n\n- Stop it, or choose another port."
;;| [[example.host]]
;;| call = "ai.ask"
;;| args = ["The input is an error message. Say in one or two sentences what it means and its likely cause; then list at most three things to try, the likeliest first. Do not invent facts about the system.", "EADDRINUSE: address already in use :::3000"]
;;| value = "Another process listens on port 3000.\n\n- Stop it, or choose another port."
;;|
;;| [[example]]
;;| says = "explain the error \"Zugriff verweigert\""
;;| args = ["Zugriff verweigert"]
;;| result = "The system refused access."
;;| [[example.host]]
;;| call = "ai.ask"
;;| value = "The system refused access."
;;|
;;| [[example]]
;;| args = [""]
;;| result = "There is no error message."

(if (= (string.trim $message) "") (resv "There is no error message."))
(ai.ask
  "The input is an error message. Say in one or two sentences what it means and its likely cause; then list at most three things to try, the likeliest first. Do not invent facts about the system."
  $message)
