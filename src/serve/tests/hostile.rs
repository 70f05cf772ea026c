//! Requests that no honest browser makes. None gets a byte from outside the site, none ends the server.

use super::*;

fn is_refused(answer: &Answer) -> bool {
    (400..500).contains(&answer.status)
}

#[test]
fn no_spelling_of_a_path_leads_out_of_the_site() {
    let served = Served::new(FILES);
    fs::write(served.folder.path().join("secret.txt"), "SECRET").unwrap();
    let ups = [
        "..",
        "%2e%2e",
        "%2E%2E",
        ".%2e",
        "%2e.",
        "%252e%252e",
        "%c0%ae%c0%ae",
        "%uff0e%uff0e",
        "..;",
        "....",
        "%2e%2e%00",
        "..%00",
        "%e2%80%a5",
        "..%0d%0a",
        "..%09",
    ];
    for up in ups {
        for slash in ["/", "%2f", "%5c", "\\", "//", "%252f", "%c0%af"] {
            for target in ["secret.txt", "portal/.env", "etc/passwd"] {
                let path = format!("/{}{target}", format!("{up}{slash}").repeat(3));
                let answer = served.get(&path);
                assert!(is_refused(&answer), "{path}: {answer:?}");
                assert!(!answer.body.contains("SECRET") && !answer.body.contains("root:"), "{path}");
            }
        }
    }
    for path in
        ["/.env", "/%2eenv", "/index.md", "/site.css", "/guides/a b.md", "file:///etc/passwd", "//etc/passwd", "/\0"]
    {
        assert!(!served.get(path).body.contains("SECRET"), "{path}");
    }
    assert_eq!(served.get("/").status, 200);
}

#[test]
fn only_known_hosts_are_answered() {
    let served = Served::new(FILES);
    let status = |head: &str| Answer::parse(&served.raw(format!("{head}Connection: close\r\n\r\n").as_bytes())).status;
    let port = served.address.port();
    assert_eq!(status(&format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n")), 200);
    assert_eq!(status("GET / HTTP/1.1\r\nHost: evil.example\r\n"), 421);
    assert_eq!(status("GET / HTTP/1.1\r\nHost: localhost.evil.example\r\n"), 421);
    assert_eq!(status("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n"), 421);
    assert_eq!(status("GET http://localhost/ HTTP/1.1\r\nHost: evil.example\r\n"), 421);
    assert_eq!(status("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n"), 400);
    assert_eq!(status("GET / HTTP/1.1\r\nX-Forwarded-Host: localhost\r\n"), 400);
    assert_eq!(status("GET / HTTP/1.0\r\n"), 400);
}

#[test]
fn events_are_only_for_pages_of_this_server() {
    let served = Served::new(FILES);
    for headers in [
        "Origin: http://evil.example\r\n",
        "Origin: null\r\n",
        "Origin: https://localhost\r\n",
        "Origin: http://localhost:9999\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
    ] {
        let answer = served.request("GET", "/-/portolan/events?page=/", headers);
        assert_eq!(answer.status, 403, "{headers}");
    }
    assert_eq!(served.get("/-/portolan/nothing").status, 404);
    assert_eq!(served.get("/-/portolan/live.js").header("content-type"), "text/javascript; charset=utf-8");
}

#[test]
fn only_get_and_head_are_answered() {
    let served = Served::new(FILES);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "GETT"] {
        let answer = served.request(method, "/", "Content-Length: 0\r\n");
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method}");
    }
    assert!(is_refused(&Answer::parse(
        &served.raw(b"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    )));
}

#[test]
fn garbage_floods_and_giants_leave_the_server_alive() {
    let served = Served::new(FILES);
    let giant = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(1 << 20));
    let headers = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X-A: b\r\n".repeat(10_000));
    let requests: [&[u8]; 9] = [
        giant.as_bytes(),
        headers.as_bytes(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\r\n\r\n\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET \xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nffffffffffffffffff\r\n",
        b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
    ];
    for request in requests {
        let mut stream = served.connect();
        let _ = stream.write_all(request);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let status = Answer::parse(&String::from_utf8_lossy(&answer)).status;
        assert!(status < 500, "{status}");
    }
    // Clients that send half a request and then wait.
    let slow: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = served.connect();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: local").unwrap();
            stream
        })
        .collect();
    assert_eq!(served.get("/").status, 200);
    drop(slow);
}

#[test]
fn pipelined_requests_are_answered_in_order() {
    let served = Served::new(FILES);
    let mut requests = String::new();
    for at in 0..50 {
        let path = if at % 2 == 0 { "/guides/" } else { "/../secret" };
        requests.push_str(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }
    requests.push_str("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let answer = served.raw(requests.as_bytes());
    let statuses: Vec<&str> = answer.match_indices("HTTP/1.1 ").map(|(at, _)| &answer[at + 9..at + 12]).collect();
    assert_eq!(statuses.len(), 51);
    assert!(statuses.iter().enumerate().all(|(at, status)| *status == if at % 2 == 0 { "200" } else { "404" }));
}
