//! Document and Scenario: parse, print, edit, undo, links and the gallery. It knows nothing of the page.
