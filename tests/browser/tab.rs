//! A tab: opens pages, presses keys, asks the page, and remembers everything that went wrong in it.

use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::chromium::{BROWSER, LIMIT};

/// Notes every violation of the policy before any script of the page runs.
const WATCH: &str = "window.__violations = [];
    document.addEventListener('securitypolicyviolation', (event) => window.__violations.push(
        `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`))";

/// The keys that tests press: name, code, number.
const KEYS: &[(&str, &str, u32)] = &[
    ("Tab", "Tab", 9),
    ("Enter", "Enter", 13),
    ("Escape", "Escape", 27),
    (" ", "Space", 32),
    ("End", "End", 35),
    ("Home", "Home", 36),
    ("ArrowLeft", "ArrowLeft", 37),
    ("ArrowUp", "ArrowUp", 38),
    ("ArrowRight", "ArrowRight", 39),
    ("ArrowDown", "ArrowDown", 40),
    ("k", "KeyK", 75),
    ("/", "Slash", 191),
];

/// A tab of the browser, closed when dropped. What a page stores is shared with no other tab.
pub struct Tab {
    context: String,
    session: String,
}

impl Tab {
    /// A fresh tab, 1440 × 900.
    pub fn new() -> Self {
        let browser = |method: &str, parameters| BROWSER.call("", method, parameters).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let context = text(&browser("Target.createBrowserContext", json!({}))["browserContextId"]);
        let about = json!({ "url": "about:blank", "browserContextId": context });
        let target = text(&browser("Target.createTarget", about)["targetId"]);
        let attach = json!({ "targetId": target, "flatten": true });
        let session = text(&browser("Target.attachToTarget", attach)["sessionId"]);
        let tab = Self { context, session };
        for domain in ["Page", "Runtime", "Log", "Network"] {
            tab.call(&format!("{domain}.enable"), json!({}));
        }
        tab.call("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }));
        tab.before_each_page(WATCH);
        tab.size(1440, 900);
        tab.system_colours("light");
        tab
    }

    /// A fresh tab on a page.
    pub fn at(url: &str) -> Self {
        let tab = Self::new();
        tab.open(url);
        tab
    }

    /// Runs a command of the browser's protocol.
    pub fn call(&self, method: &str, parameters: Value) -> Value {
        BROWSER.call(&self.session, method, parameters).unwrap()
    }

    /// Opens a page and waits until it and all its parts are there.
    pub fn open(&self, url: &str) {
        self.run("window.__left = true");
        let answer = self.call("Page.navigate", json!({ "url": url }));
        assert!(answer.get("errorText").is_none(), "{url}: {answer}");
        self.wait_for_page();
    }

    /// Loads the page anew.
    pub fn reload(&self) {
        self.run("window.__left = true");
        self.call("Page.reload", json!({}));
        self.wait_for_page();
    }

    /// Waits until another page has replaced the one marked as left, and until all its parts are there.
    pub fn wait_for_page(&self) {
        self.wait_for("!window.__left && document.readyState === 'complete'");
    }

    /// Sets the size of the window, in CSS pixels.
    pub fn size(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", size);
    }

    /// Sets what the system says about colours: `light` or `dark`. It always asks for no motion, so that what is
    /// measured is where things end.
    pub fn system_colours(&self, scheme: &str) {
        let colours = json!({ "name": "prefers-color-scheme", "value": scheme });
        let motion = json!({ "name": "prefers-reduced-motion", "value": "reduce" });
        self.call("Emulation.setEmulatedMedia", json!({ "features": [colours, motion] }));
    }

    /// Switches scripts of pages off, from the next page on.
    pub fn without_scripts(&self) {
        self.call("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    }

    /// Runs statements before any script of the pages to come.
    pub fn before_each_page(&self, statements: &str) {
        self.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": statements }));
    }

    /// The value of an expression in the page; a promise is waited for.
    pub fn ask<T: DeserializeOwned>(&self, expression: &str) -> T {
        self.try_ask(expression).unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    fn try_ask<T: DeserializeOwned>(&self, expression: &str) -> Result<T, String> {
        let question =
            json!({ "expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true });
        let mut answer = BROWSER.call(&self.session, "Runtime.evaluate", question)?;
        if let Some(details) = answer.get("exceptionDetails") {
            return Err(details.to_string());
        }
        serde_json::from_value(answer["result"]["value"].take()).map_err(|error| error.to_string())
    }

    /// Runs statements in the page.
    pub fn run(&self, statements: &str) {
        let _: bool = self.ask(&format!("(() => {{ {statements}; return true }})()"));
    }

    /// Waits until an expression is true.
    pub fn wait_for(&self, expression: &str) {
        let from = Instant::now();
        // No answer is no: while one page gives way to another there is none to ask.
        while !self.try_ask::<bool>(&format!("Boolean({expression})")).unwrap_or(false) {
            assert!(from.elapsed() < LIMIT, "not within {LIMIT:?}: {expression}\non {}", self.url());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Where the tab is.
    pub fn url(&self) -> String {
        self.ask("location.href")
    }

    /// Whether an element is there and drawn.
    pub fn shows(&self, selector: &str) -> bool {
        let drawn = "some((element) => element.checkVisibility({ visibilityProperty: true }))";
        self.ask(&format!("[...document.querySelectorAll({selector:?})].{drawn}"))
    }

    /// The text of the first element, white space folded.
    pub fn text(&self, selector: &str) -> String {
        self.ask(&format!("(document.querySelector({selector:?})?.textContent ?? '').replace(/\\s+/g, ' ').trim()"))
    }

    /// Clicks into the middle of the first element that is drawn, as a mouse does.
    pub fn click(&self, selector: &str) {
        let (x, y): (f64, f64) = self.ask(&format!(
            "(() => {{
                const element = [...document.querySelectorAll({selector:?})].find((element) => element.checkVisibility())
                if (!element) throw new Error('not drawn')
                element.scrollIntoView({{ block: 'center', behavior: 'instant' }})
                const box = element.getBoundingClientRect()
                return [box.x + box.width / 2, box.y + box.height / 2]
            }})()"
        ));
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let event = json!({ "type": kind, "x": x, "y": y, "button": button, "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", event);
        }
    }

    /// Writes text where the focus is.
    pub fn write(&self, text: &str) {
        self.call("Input.insertText", json!({ "text": text }));
    }

    /// Presses a key by its name, such as `Tab`, `Shift+Tab`, `Ctrl+k`, `/`.
    pub fn press(&self, chord: &str) {
        let (modifiers, name) = match chord.split_once('+') {
            Some(("Shift", name)) => (8, name),
            Some(("Ctrl", name)) => (2, name),
            _ => (0, chord),
        };
        let key = KEYS.iter().find(|(key, ..)| *key == name).unwrap_or_else(|| panic!("no key `{name}`"));
        let text = match name {
            "Enter" => Some("\r"),
            key if key.len() == 1 && modifiers != 2 => Some(key),
            _ => None,
        };
        let down = if text.is_some() { "keyDown" } else { "rawKeyDown" };
        for kind in [down, "keyUp"] {
            let mut event = json!({
                "type": kind, "key": key.0, "code": key.1, "windowsVirtualKeyCode": key.2, "modifiers": modifiers,
            });
            if let Some(text) = text.filter(|_| kind == "keyDown") {
                event["text"] = text.into();
            }
            self.call("Input.dispatchKeyEvent", event);
        }
    }

    /// Everything that went wrong in this tab since it was last asked: violations of the policy, what was written to
    /// the console, failed requests, and requests that leave `base`.
    pub fn complaints(&self, base: &str) -> Vec<String> {
        let violations: Vec<String> = self.ask("(window.__violations ?? []).splice(0)");
        let mut list: Vec<String> = violations.iter().map(|violation| format!("policy: {violation}")).collect();
        list.extend(BROWSER.take_events(&self.session).iter().filter_map(|event| complaint(event, base)));
        list
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        let _ = BROWSER.call("", "Target.disposeBrowserContext", json!({ "browserContextId": self.context }));
    }
}

/// What is wrong, if an event of the protocol tells of something wrong.
fn complaint(event: &Value, base: &str) -> Option<String> {
    let told = &event["params"];
    match event["method"].as_str()? {
        "Log.entryAdded" => Some(format!("log: {} {}", told["entry"]["text"], told["entry"]["url"])),
        "Runtime.exceptionThrown" => Some(format!("exception: {}", told["exceptionDetails"])),
        "Runtime.consoleAPICalled" => Some(format!("console: {}", told["args"])),
        "Network.requestWillBeSent" => {
            let url = told["request"]["url"].as_str()?;
            // A mail address leaves the browser, not the site.
            let own = [base, "data:", "mailto:"].iter().any(|start| url.starts_with(start));
            (!own).then(|| format!("request: {url}"))
        }
        "Network.responseReceived" => {
            let refused = told["response"]["status"].as_u64()? >= 400;
            refused.then(|| format!("status {}: {}", told["response"]["status"], told["response"]["url"]))
        }
        // A navigation that replaces a page cancels what that page was loading.
        "Network.loadingFailed" if told["canceled"] != true => {
            Some(format!("failed: {} {}", told["errorText"], told["blockedReason"]))
        }
        _ => None,
    }
}
