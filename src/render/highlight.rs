//! Code to HTML with the seven highlight classes.
