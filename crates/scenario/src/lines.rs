//! Which line of a document each part of its scenario came from, so that a page can point at it and an edit find it.
//!
//! Lines are counted from 0.

/// The lines of a whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineMap {
    /// The lines of the base scenario.
    pub base: ViewLines,
    /// The lines of the variants, in the order of `scenario.variants`.
    pub variants: Vec<VariantLines>,
}

/// The lines of one view. Each list is as long as the list of the same name in the view's scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewLines {
    /// The line of `title`.
    pub title: Option<usize>,
    /// The line of `about`.
    pub about: Option<usize>,
    /// The line of `until`.
    pub until: Option<usize>,
    /// The line of `seed`.
    pub seed: Option<usize>,
    /// The line of `network delay`.
    pub delay: Option<usize>,
    /// The line of `network fifo`.
    pub fifo: Option<usize>,
    /// The lines of `network delay A->S`.
    pub links: Vec<usize>,
    /// The line of `model`.
    pub model: Option<usize>,
    /// The line of `failures`.
    pub failures: Option<usize>,
    /// The lines of `lock`, `store` and `client`, and for each of a group that of its line.
    pub participants: Vec<usize>,
    /// The lines of `lock L … replicated on …` and `store X replicated on …`.
    pub objects: Vec<usize>,
    /// The lines of `store S guarded-by …`.
    pub guards: Vec<usize>,
    /// For each participant, the line of `store L …` if it is a lock service that keeps data.
    pub data: Vec<Option<usize>>,
    /// For each participant, the line of `client C renew …` if there is one.
    pub renewals: Vec<Option<usize>>,
    /// For each participant, the line of `client C trusts …` if there is one.
    pub trusts: Vec<Option<usize>>,
    /// The lines of the faults.
    pub faults: Vec<usize>,
    /// The lines of the faults that are switched off.
    pub disabled: Vec<usize>,
    /// The lines of the expectations.
    pub expectations: Vec<usize>,
}

/// The lines of one variant's own block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VariantLines {
    /// The line of `variant`.
    pub header: usize,
    /// The lines of its changes, in the order of `variant.changes`.
    pub changes: Vec<usize>,
    /// The lines of its expectations.
    pub expectations: Vec<usize>,
}
