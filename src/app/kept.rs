//! The copy of the page that the browser keeps for visits without a network, and the newer version that waits beside it.
//!
//! A newer version is told and never forced: what stands on the screen stays as it is until the reader says so.

use crate::app::{Effect, Model};

/// Asks for the copy. A frame in someone's post, or someone else's document, leaves nothing behind.
pub fn begin(model: &Model) -> Option<Effect> {
    (!model.leaves_no_trace()).then_some(Effect::KeepOffline)
}

/// A newer version is there.
pub fn newer(model: &mut Model) {
    model.newer_page = !model.leaves_no_trace();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Msg, Start, update};

    fn behind(fragment: &str) -> Start {
        Start { fragment: fragment.into(), ..Start::default() }
    }

    #[test]
    fn a_page_of_its_own_is_kept_for_visits_without_a_network_and_a_guest_is_not() {
        let kept = |start: Start| Model::open(start).1.contains(&Effect::KeepOffline);
        assert!(kept(Start::default()));
        assert!(kept(behind("s9=a-link-that-cannot-be-read")));
        assert!(!kept(behind("ui=embed")), "a frame in someone's post");
        assert!(!kept(Start { guest: true, ..Start::default() }), "someone else's document");
    }

    #[test]
    fn a_newer_version_is_told_and_never_forced() {
        let mut model = Model::open(Start::default()).0;
        let digest = model.picture.digest;
        assert_eq!(update(&mut model, Msg::NewerWaits), [], "nothing is done about it unasked");
        assert!(model.newer_page);
        assert_eq!(model.picture.digest, digest);
        assert_eq!(update(&mut model, Msg::TakeNewer), [Effect::TakeNewer]);
        assert_eq!(update(&mut model, Msg::LeaveNewer), []);
        assert!(!model.newer_page);
    }

    #[test]
    fn a_newer_version_is_not_told_in_a_frame() {
        let mut embed = Model::open(behind("ui=embed")).0;
        update(&mut embed, Msg::NewerWaits);
        assert!(!embed.newer_page);
    }
}
