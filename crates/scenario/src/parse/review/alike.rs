//! Names that the eye takes for one another.

use std::collections::BTreeMap;

use fencepost_sim::sort_by_rank;

use crate::alike::look_of;
use crate::parse::review::Remarks;
use crate::view::View;

impl Remarks<'_> {
    /// Two names of one view that look alike are two all the same; the line of the later one says so.
    pub(super) fn alike(&mut self, view: &View) {
        let (scenario, lines) = (&view.scenario, &view.lines);
        let lanes = scenario.participants.iter().zip(&lines.participants);
        let kept = lanes.clone().filter_map(|(one, line)| Some((one.role.kept()?, *line)));
        let objects = scenario.objects.iter().zip(&lines.objects);
        let mut names: Vec<(usize, &str)> = lanes.map(|(one, line)| (*line, one.name.as_str())).collect();
        names.extend(kept.map(|(name, line)| (line, name)));
        names.extend(objects.map(|(object, line)| (*line, object.name.as_str())));
        sort_by_rank(&mut names, |(line, _)| (*line as u64, 0));
        let mut seen: BTreeMap<String, (usize, &str)> = BTreeMap::new();
        for (line, name) in names {
            let (first, other) = *seen.entry(look_of(name)).or_insert((line, name));
            if other != name {
                let line_of_other = first + 1;
                let said = format!("`{name}` looks like `{other}` of line {line_of_other}, and is another name");
                self.warn(line, name, &said);
            }
        }
    }
}
