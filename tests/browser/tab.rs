//! A tab: opens pages, presses keys, asks the page, and remembers everything that went wrong in it.

use std::time::{Duration, Instant};

use chromiumoxide::Page;
use chromiumoxide::cdp::browser_protocol::emulation::{
    SetDeviceMetricsOverrideParams, SetFocusEmulationEnabledParams, SetScriptExecutionDisabledParams,
};
use chromiumoxide::cdp::browser_protocol::input::{
    DispatchKeyEventParams, DispatchKeyEventType, DispatchMouseEventParams, DispatchMouseEventType, InsertTextParams,
    MouseButton,
};
use chromiumoxide::cdp::browser_protocol::log::EventEntryAdded;
use chromiumoxide::cdp::browser_protocol::network::{
    EventLoadingFailed, EventRequestWillBeSent, EventResponseReceived,
};
use chromiumoxide::cdp::js_protocol::runtime::{ConsoleApiCalledType, EventConsoleApiCalled, EventExceptionThrown};
use chromiumoxide::listeners::EventStream;
use futures::{FutureExt, StreamExt};
use serde::de::DeserializeOwned;

use crate::chromium::{BROWSER, RUNTIME};

/// How long anything may take before the test gives up.
const LIMIT: Duration = Duration::from_secs(15);

/// Notes every violation of the policy before any script of the page runs.
const WATCH: &str = "window.__violations = [];
    document.addEventListener('securitypolicyviolation', (event) => window.__violations.push(
        `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`))";

/// A tab of the browser; closed when dropped.
pub struct Tab {
    page: Option<Page>,
    log: EventStream<EventEntryAdded>,
    console: EventStream<EventConsoleApiCalled>,
    exceptions: EventStream<EventExceptionThrown>,
    requests: EventStream<EventRequestWillBeSent>,
    responses: EventStream<EventResponseReceived>,
    failures: EventStream<EventLoadingFailed>,
}

impl Tab {
    /// A fresh tab, 1440 × 900.
    pub fn new() -> Self {
        let browser = &BROWSER.browser;
        let tab = RUNTIME.block_on(async {
            let page = browser.new_page("about:blank").await.unwrap();
            page.enable_log().await.unwrap();
            page.enable_runtime().await.unwrap();
            page.evaluate_on_new_document(WATCH).await.unwrap();
            page.execute(SetFocusEmulationEnabledParams::new(true)).await.unwrap();
            Self {
                log: page.event_listener().await.unwrap(),
                console: page.event_listener().await.unwrap(),
                exceptions: page.event_listener().await.unwrap(),
                requests: page.event_listener().await.unwrap(),
                responses: page.event_listener().await.unwrap(),
                failures: page.event_listener().await.unwrap(),
                page: Some(page),
            }
        });
        tab.size(1440, 900);
        tab
    }

    /// A fresh tab on a page.
    pub fn at(url: &str) -> Self {
        let tab = Self::new();
        tab.open(url);
        tab
    }

    /// The page of the browser's protocol.
    pub fn page(&self) -> &Page {
        self.page.as_ref().expect("a tab has its page until it is dropped")
    }

    /// Opens a page and waits until it and all its parts are there.
    pub fn open(&self, url: &str) {
        let done = RUNTIME.block_on(self.page().goto(url));
        done.unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// Loads the page anew.
    pub fn reload(&self) {
        RUNTIME.block_on(self.page().reload()).unwrap();
    }

    /// Sets the size of the window, in CSS pixels.
    pub fn size(&self, width: i64, height: i64) {
        let size = SetDeviceMetricsOverrideParams::new(width, height, 1.0, false);
        RUNTIME.block_on(self.page().execute(size)).unwrap();
    }

    /// Switches scripts of pages off, from the next page on.
    pub fn without_scripts(&self) {
        RUNTIME.block_on(self.page().execute(SetScriptExecutionDisabledParams::new(true))).unwrap();
    }

    /// Runs a function body before any script of the pages to come.
    pub fn before_each_page(&self, script: &str) {
        RUNTIME.block_on(self.page().evaluate_on_new_document(script)).unwrap();
    }

    /// The value of an expression in the page; a promise is waited for.
    pub fn ask<T: DeserializeOwned>(&self, expression: &str) -> T {
        let answer = RUNTIME.block_on(self.page().evaluate_expression(expression));
        let answer = answer.unwrap_or_else(|error| panic!("{expression}: {error}"));
        answer.into_value().unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// Runs statements in the page.
    pub fn run(&self, statements: &str) {
        let _: bool = self.ask(&format!("(() => {{ {statements}; return true }})()"));
    }

    /// Waits until an expression is true.
    pub fn wait_for(&self, expression: &str) {
        let from = Instant::now();
        while !self.ask::<bool>(&format!("Boolean({expression})")) {
            assert!(from.elapsed() < LIMIT, "not within {LIMIT:?}: {expression}\non {}", self.url());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Where the tab is.
    pub fn url(&self) -> String {
        self.ask("location.href")
    }

    /// Whether an element is there and drawn.
    pub fn shows(&self, selector: &str) -> bool {
        self.ask(&format!("[...document.querySelectorAll({selector:?})].some((element) => element.checkVisibility({{ visibilityProperty: true }}))"))
    }

    /// The text of the first element, white space folded.
    pub fn text(&self, selector: &str) -> String {
        self.ask(&format!("(document.querySelector({selector:?})?.textContent ?? '').replace(/\\s+/g, ' ').trim()"))
    }

    /// Clicks into the middle of an element, as a mouse does.
    pub fn click(&self, selector: &str) {
        let (x, y): (f64, f64) = self.ask(&format!(
            "(() => {{ const element = [...document.querySelectorAll({selector:?})].find((element) => element.checkVisibility());
               if (!element) throw new Error('not drawn');
               element.scrollIntoView({{ block: 'center', behavior: 'instant' }});
               const box = element.getBoundingClientRect();
               return [box.x + box.width / 2, box.y + box.height / 2] }})()"
        ));
        for kind in [
            DispatchMouseEventType::MouseMoved,
            DispatchMouseEventType::MousePressed,
            DispatchMouseEventType::MouseReleased,
        ] {
            let mut event = DispatchMouseEventParams::new(kind.clone(), x, y);
            if kind != DispatchMouseEventType::MouseMoved {
                event.button = Some(MouseButton::Left);
                event.click_count = Some(1);
            }
            RUNTIME.block_on(self.page().execute(event)).unwrap();
        }
    }

    /// Writes text where the focus is.
    pub fn write(&self, text: &str) {
        RUNTIME.block_on(self.page().execute(InsertTextParams::new(text))).unwrap();
    }

    /// Presses a key by its name, such as `Tab`, `Shift+Tab`, `Ctrl+k`, `/`.
    pub fn press(&self, chord: &str) {
        let (modifiers, name) =
            chord.rsplit_once('+').map_or((0, chord), |(modifier, key)| (if modifier == "Shift" { 8 } else { 2 }, key));
        let definition = chromiumoxide::keys::USKEYBOARD_LAYOUT.iter().find(|definition| definition.key == name);
        let definition = definition.unwrap_or_else(|| panic!("no key `{name}`"));
        let text = match name {
            "Enter" => Some("\r".to_owned()),
            key if key.chars().count() == 1 && modifiers != 2 => Some(key.to_owned()),
            _ => None,
        };
        for up in [false, true] {
            let kind = match (up, &text) {
                (true, _) => DispatchKeyEventType::KeyUp,
                (false, Some(_)) => DispatchKeyEventType::KeyDown,
                (false, None) => DispatchKeyEventType::RawKeyDown,
            };
            let mut event = DispatchKeyEventParams::new(kind);
            event.key = Some(name.to_owned());
            event.code = Some(definition.code.to_owned());
            event.windows_virtual_key_code = Some(definition.key_code);
            event.modifiers = Some(modifiers);
            event.text = text.clone().filter(|_| !up);
            RUNTIME.block_on(self.page().execute(event)).unwrap();
        }
    }

    /// Everything that went wrong in this tab since it was last asked: violations of the policy, what was written to
    /// the console, failed requests, and requests that leave `base`.
    pub fn complaints(&mut self, base: &str) -> Vec<String> {
        // Two round trips: what the page caused before them has arrived after them.
        let mut list: Vec<String> = self.ask("(window.__violations ?? []).splice(0)");
        let _: bool = self.ask("true");
        list.iter_mut().for_each(|violation| violation.insert_str(0, "policy: "));
        list.extend(
            arrived(&mut self.log).iter().map(|event| format!("log: {} {:?}", event.entry.text, event.entry.url)),
        );
        list.extend(
            arrived(&mut self.exceptions).iter().map(|event| format!("exception: {:?}", event.exception_details)),
        );
        let console = arrived(&mut self.console);
        let told = console.iter().filter(|event| event.r#type != ConsoleApiCalledType::Debug);
        list.extend(told.map(|event| format!("console: {:?}", event.args)));
        let foreign = |url: &str| !url.starts_with(base) && !url.starts_with("data:") && url != "about:blank";
        let requests = arrived(&mut self.requests);
        let leaving = requests.iter().filter(|event| foreign(&event.request.url));
        list.extend(leaving.map(|event| format!("request: {}", event.request.url)));
        let responses = arrived(&mut self.responses);
        let refused = responses.iter().filter(|event| event.response.status >= 400);
        list.extend(refused.map(|event| format!("status {}: {}", event.response.status, event.response.url)));
        // A navigation that replaces a page cancels what that page was loading.
        let failures = arrived(&mut self.failures);
        let failed = failures.iter().filter(|event| event.canceled != Some(true));
        list.extend(failed.map(|event| format!("failed: {} {:?}", event.error_text, event.blocked_reason)));
        list
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        if let Some(page) = self.page.take() {
            let _ = RUNTIME.block_on(page.close());
        }
    }
}

/// What a stream holds now, without waiting.
fn arrived<T: chromiumoxide::cdp::IntoEventKind + Unpin>(stream: &mut EventStream<T>) -> Vec<std::sync::Arc<T>> {
    std::iter::from_fn(|| stream.next().now_or_never().flatten()).collect()
}
