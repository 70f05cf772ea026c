//! Icons: the symbols of `icons.svg` as elements that stand in a page by themselves.
//!
//! A page that used the file would ask for it first, and a page opened from a disk is refused it by every browser. The
//! few that a page shows weigh less than the request.

use std::collections::BTreeMap;

/// Returns every symbol of an icon file by its id, as an element for a page.
pub fn icons(file: &str) -> BTreeMap<String, String> {
    let symbols = file.split("<symbol").skip(1).filter_map(|rest| rest.split_once("</symbol>"));
    symbols.filter_map(|(symbol, _)| icon(symbol)).collect()
}

fn icon(symbol: &str) -> Option<(String, String)> {
    let (attributes, drawing) = symbol.split_once('>')?;
    let view = attribute(attributes, "viewBox").unwrap_or("0 0 16 16");
    let element = format!(
        "<svg class=\"icon\" viewBox=\"{view}\" width=\"16\" height=\"16\" aria-hidden=\"true\">{}</svg>",
        drawing.trim()
    );
    Some((attribute(attributes, "id")?.to_owned(), element))
}

fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = attributes.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_becomes_an_element_with_its_own_frame() {
        let file = "<svg>\n<symbol id=\"dot\" viewBox=\"0 0 8 8\"><path d=\"M1 1\"/></symbol>\n<symbol id=\"box\">\n<rect/></symbol></svg>";
        let icons = icons(file);
        let around = |view: &str, drawing: &str| {
            format!(
                "<svg class=\"icon\" viewBox=\"{view}\" width=\"16\" height=\"16\" aria-hidden=\"true\">{drawing}</svg>"
            )
        };
        assert_eq!(icons["dot"], around("0 0 8 8", "<path d=\"M1 1\"/>"));
        assert_eq!(icons["box"], around("0 0 16 16", "<rect/>"));
    }

    #[test]
    fn a_file_that_is_no_icon_file_has_none() {
        assert!(icons("<symbol <symbol>< </symbol> \"").is_empty());
    }
}
