;;| name = "page_links"
;;| description = "Lists where the links of a web page lead, each once, as a Markdown list."
;;| signature = "(url: string) -> string"
;;| grants = ["http"]
;;|
;;| [[example]]
;;| says = "which links are on https://example.com/news/?"
;;| args = ["https://example.com/news/"]
;;| result = """
;;|- [Releases](https://example.com/releases)
;;|- [Über uns](https://example.com/news/about)
;;|- <https://cdn.example.net/logo>"""
;;| [[example.host]]
;;| call = "http.get"
;;| args = ["https://example.com/news/"]
;;| value = "<a href='/releases'>Releases</a> <a href='about'>Über uns</a> <a href='/releases'>again</a> <a href='https://cdn.example.net/logo'><img></a>"
;;|
;;| [[example]]
;;| says = "list the links of https://example.com/"
;;| args = ["https://example.com/"]
;;| result = "- [All \\[old\\] pages](https://example.com/all)"
;;| [[example.host]]
;;| call = "http.get"
;;| value = "<a href='java&#10;script:x'>Run</a><a href='/all'>All [old] pages</a><a href='#top'>Top</a>"
;;|
;;| [[example]]
;;| says = "get all links from https://example.com/robots.txt"
;;| args = ["https://example.com/robots.txt"]
;;| result = "The page has no links."
;;| [[example.host]]
;;| call = "http.get"
;;| value = "User-agent: *"

(let $lines (list))
(each $link (array.unique (html.links (http.get $url) $url) "url")
  (let $text (markdown.escape (at $link "text")))
  (let $to (string.replace (string.replace (at $link "url") "(" "%28") ")" "%29"))
  (array.push $lines (if (= $text "") (format "- <{$to}>") (format "- [{$text}]({$to})"))))
(if (= (len $lines) 0) "The page has no links." (string.join $lines "\n"))
