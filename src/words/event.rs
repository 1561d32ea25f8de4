//! Which events a reader wants to be told of. The sentences are the picture's own, and so is the choice.

use fencepost_scene::prose;
use fencepost_vocabulary::Event;

/// Whether a reader of the table wants to see this event.
pub fn event_worth_a_row(event: &Event) -> bool {
    prose::is_told(event)
}
