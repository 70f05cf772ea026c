//! Text with variables in it: the URL, the query, the headers and the cookies of a request.

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text.
    Text(String),
    /// The value of a variable of the environment.
    Variable(String),
}

/// Text with variables in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template {
    pieces: Vec<Piece>,
    server: Option<String>,
}

impl Template {
    /// Takes text.
    pub fn text(text: impl Into<String>) -> Template {
        let text = text.into();
        Template { pieces: if text.is_empty() { Vec::new() } else { vec![Piece::Text(text)] }, server: None }
    }

    /// Takes the name of a variable.
    pub fn variable(name: &str) -> Template {
        Template { pieces: vec![Piece::Variable(name.to_string())], server: None }
    }

    /// Takes the URL of a server that a reader may change for another one.
    pub fn server(url: &str) -> Template {
        Template { server: Some(url.to_string()), ..Template::text(url) }
    }

    /// Adds another template; texts beside each other become one.
    pub fn then(mut self, other: Template) -> Template {
        for piece in other.pieces {
            match (self.pieces.last_mut(), piece) {
                (Some(Piece::Text(last)), Piece::Text(text)) => last.push_str(&text),
                (_, piece) => self.pieces.push(piece),
            }
        }
        self
    }

    /// Returns the pieces.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Returns the URL that the template begins with, when the reader may change it.
    pub fn changeable(&self) -> Option<&str> {
        self.server.as_deref()
    }

    /// Returns the text when there is no variable in it.
    pub fn as_text(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [] => Some(""),
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Returns the name of the variable when there is nothing else.
    pub fn as_variable(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [Piece::Variable(name)] => Some(name),
            _ => None,
        }
    }

    /// Returns the template with `$NAME` for each variable.
    pub fn shown(&self) -> String {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Variable(name) => format!("${name}"),
        });
        pieces.collect()
    }

    /// Returns how long it is where it is shown.
    pub fn len(&self) -> usize {
        self.shown().chars().count()
    }

    /// Returns true when there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Cuts before the first text that `find` finds, counted in bytes of its piece; all is on the left without one.
    pub fn cut(&self, find: impl Fn(&str) -> Option<usize>) -> (Template, Template) {
        let (mut left, mut right) = (Template::default(), Template::default());
        let mut found = false;
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) if !found && find(text).is_some() => {
                    let at = find(text).unwrap_or(text.len());
                    left = left.then(Template::text(&text[..at]));
                    right = Template::text(&text[at..]);
                    found = true;
                }
                piece => {
                    let side = if found { &mut right } else { &mut left };
                    *side = std::mem::take(side).then(Template { pieces: vec![piece.clone()], server: None });
                }
            }
        }
        (left, right)
    }
}
