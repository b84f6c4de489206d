;;| name = "rss_headlines"
;;| description = "Gives the newest headlines of an RSS or Atom feed, with their links."
;;| signature = "(url: string, count: i32) -> string"
;;| grants = ["http"]
;;|
;;| [[example]]
;;| says = "headlines of https://news.example.com/rss, the first 2"
;;| args = ["https://news.example.com/rss", 2]
;;| result = """
;;|1. [Café & crêpes](https://news.example.com/1)
;;|2. [Build \\[green\\]](https://news.example.com/2)"""
;;| [[example.host]]
;;| call = "http.get"
;;| args = ["https://news.example.com/rss"]
;;| value = "<rss><channel><title>News</title><item><title>Caf&#233; &amp; crêpes</title><link>https://news.example.com/1</link></item><item><title><![CDATA[Build [green]]]></title><link>https://news.example.com/2</link></item><item><title>Old</title></item></channel></rss>"
;;|
;;| [[example]]
;;| says = "give me 5 headlines from https://blog.example.com/feed.atom"
;;| args = ["https://blog.example.com/feed.atom", 5]
;;| result = """
;;|1. [Hello](https://blog.example.com/hello)
;;|2. Untitled"""
;;| [[example.host]]
;;| call = "http.get"
;;| value = "<feed><title>Blog</title><entry><title type='text'>Hello</title><link rel='self' href='https://blog.example.com/1'/><link rel='alternate' href='https://blog.example.com/hello'/></entry><entry><id>2</id><title/></entry></feed>"
;;|
;;| [[example]]
;;| args = ["https://evil.example.com/rss", 3]
;;| result = """
;;|1. \\<b\\>C\\</b\\>
;;|2. [\\*D\\*](https://evil.example.com/a_%28b%29)"""
;;| [[example.host]]
;;| call = "http.get"
;;| value = "<rss><item><title>&lt;b&gt;C&lt;/b&gt;</title><link>javascript:alert(1)</link></item><item><title>*D*</title><link> https://evil.example.com/a_(b) </link></item></rss>"
;;|
;;| [[example]]
;;| says = "3 headlines of https://example.com/"
;;| args = ["https://example.com/", 3]
;;| result = "There is no headline: the address has no feed, or an empty one."
;;| [[example.host]]
;;| call = "http.get"
;;| value = "<!doctype html><title>Example</title>"
;;|
;;| [[example]]
;;| args = ["https://blog.example.com/atom.xml", 1]
;;| result = "1. [New & bold](https://blog.example.com/2026/new)"
;;| [[example.host]]
;;| call = "http.get"
;;| value = "<feed><entry><title type='html'>New &amp;amp; &lt;b&gt;bold&lt;/b&gt;</title><link href='/2026/new'/></entry></feed>"
;;|
;;| [[example]]
;;| args = ["https://blog.example.com/atom.xml", 0]
;;| result = "Ask for 1 headline or more."
;;|
;;| [[example]]
;;| args = ["https://news.example.com/rss", 1]
;;| result = "1. [New](https://news.example.com/new)"
;;| [[example.host]]
;;| call = "http.get"
;;| value = "<rss><item><title>Old</title><link>/old</link><pubDate>Mon, 01 Jan 2024 10:00:00 GMT</pubDate></item><item><title>New</title><link>/new</link><pubDate>Tue, 02 Jan 2024 10:00:00 GMT</pubDate></item></rss>"
;;|
;;| [[example]]
;;| args = ["https://blog.example.com/atom.xml", 1]
;;| result = "1. [C](https://blog.example.com/c)"
;;| [[example.host]]
;;| call = "http.get"
;;| value = "<feed><entry><title>C</title><link rel='self' href='/self'/><link href='/c'/></entry></feed>"

;; The feed is not to be trusted: its titles are made plain, and a link that is no page is left out.
;; RSS has <item> with the link as text, Atom <entry> with the link as an attribute, perhaps several.
(if (< $count 1) (resv "Ask for 1 headline or more."))
(let $feed (http.get $url))
(let $items (xml.elements $feed "item"))
(if (= (len $items) 0) (let $items (xml.elements $feed "entry")))
;; Newest first, where the feed says of all when they are from; else in its own order.
(let $dated (list))
(each $item $items
  (let $when (default (time.parse (text (at $item "pubDate"))) (time.parse (text (at $item "published")))
    (time.parse (text (at $item "updated"))) (time.parse (text (at $item "dc:date"))) -1.0))
  (if (>= $when 0) (array.push $dated (object "item" $item "when" $when))))
(if (= (len $dated) (len $items)) (let $items (array.pluck (array.sort $dated "when" true) "item")))
(let $lines (list))
(each $item (array.slice $items 0 (max 0 $count))
  (let $title (default (at $item "title.#text") (default (at $item "title") (value ""))))
  (let $links (default (at $item "link") (value "")))
  ;; A link that does not say what it is leads to the page.
  (let $plain (list))
  (if (= (json.type $links) "array")
    (each $one $links (if (not (json.has $one "@rel")) (array.push $plain $one))))
  (let $link (default (at $links "@href") (at (array.find $links "@rel" "alternate") "@href")
    (at (at $plain 0) "@href") (at $links "0.@href") $links))
  ;; Atom says when a title is HTML, and a link of it may be relative to the feed.
  (if (= (default (text (at $item "title.@type")) "") "html") (let $title (value (html.to_text (text $title)))))
  (let $link (if (= (string.trim (text $link)) "") $link (default (value (url.join $url (string.trim (text $link)))) $link)))
  (let $name (markdown.escape (string.trim (regex.replace $title "\\s+" " "))))
  (if (= $name "") (let $name "Untitled"))
  (let $number (+ (len $lines) 1))
  (array.push $lines
    (if (regex.test $link "^\\s*https?://[^\\s<>]+\\s*$" "i")
      (format "{$number}. [{$name}]({})"
        (string.replace (string.replace (string.trim $link) "(" "%28") ")" "%29"))
      (format "{$number}. {$name}"))))
(if (= (len $lines) 0)
  "There is no headline: the address has no feed, or an empty one."
  (string.join $lines "\n"))
