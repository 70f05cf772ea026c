//! Colours and how well one is read on another (WCAG 2.2, "contrast ratio").

use std::fmt;

/// An opaque sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// Reads `#rrggbb` or `#rgb`.
    pub fn parse(text: &str) -> Option<Colour> {
        let digits = text.trim().strip_prefix('#')?;
        if !digits.is_ascii() {
            return None;
        }
        let byte = |hex: &str| u8::from_str_radix(hex, 16).ok();
        match digits.len() {
            6 => Some(Colour([byte(&digits[..2])?, byte(&digits[2..4])?, byte(&digits[4..])?])),
            3 => {
                let twice = |at: usize| byte(&digits[at..=at]).map(|half| half * 17);
                Some(Colour([twice(0)?, twice(1)?, twice(2)?]))
            }
            _ => None,
        }
    }

    /// Returns the relative luminance, 0 (black) to 1 (white).
    fn luminance(self) -> f64 {
        let linear = self.0.map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// Returns the contrast with another colour, 1 to 21.
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Returns the colour nearest to this one, between it and black or white, that is read on all of `grounds` with at
    /// least this contrast; `None` when none is.
    pub fn readable_on(self, grounds: &[Colour], least: f64) -> Option<Colour> {
        let reads = |colour: &Colour| grounds.iter().all(|ground| colour.contrast(*ground) >= least);
        (0..=100).flat_map(|step| [0, 255].map(|end| self.towards(end, step))).find(reads)
    }

    fn towards(self, end: u8, percent: u32) -> Colour {
        Colour(self.0.map(|channel| {
            let mixed = u32::from(channel) * (100 - percent) + u32::from(end) * percent;
            u8::try_from((mixed + 50) / 100).unwrap_or(end)
        }))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(out, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_specification() {
        let colour = |text| Colour::parse(text).unwrap();
        assert_eq!(format!("{:.2}", colour("#000").contrast(colour("#ffffff"))), "21.00");
        assert_eq!(format!("{:.2}", colour("#616a7a").contrast(colour("#ffffff"))), "5.45");
        assert_eq!(colour("#fff").to_string(), "#ffffff");
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for text in ["red", "#12", "#12345g", "#ääb", "rgb(0 0 0)", ""] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_nearest_readable_colour_keeps_its_hue() {
        let pale = Colour::parse("#8aa4ff").unwrap();
        let white = Colour::parse("#fff").unwrap();
        let found = pale.readable_on(&[white], 4.5).unwrap();
        assert!(found.contrast(white) >= 4.5 && found.contrast(white) < 4.8, "{found}");
        assert_eq!(white.readable_on(&[white, Colour::parse("#000").unwrap()], 5.0), None);
    }
}
