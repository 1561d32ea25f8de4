//! `fencepost link FILE [--variant NAME] [--page ADDRESS]`
