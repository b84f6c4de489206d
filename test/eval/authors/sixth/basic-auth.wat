(format "Basic {}" (base64.encode (format "{$user}:{$password}")))
