//! The picture without what hands and focus add to it: drawn anew only when it is another picture or another stretch of
//! it, for a pointer moves many times between two runs.

use std::rc::Rc;

use fencepost_scene::Scene;
use yew::prelude::*;

use super::layers::Layers;
use super::window::Part;

/// What is drawn.
#[derive(Properties)]
pub struct DrawingProps {
    /// The picture.
    pub scene: Rc<Scene>,
    /// During a drag, the picture from before it.
    pub ghost: Option<Rc<Scene>>,
    /// Which part of it is drawn.
    pub in_view: Part,
    /// What the names of patterns begin with.
    pub ids: AttrValue,
}

impl PartialEq for DrawingProps {
    fn eq(&self, other: &Self) -> bool {
        let ghost = |props: &Self| props.ghost.as_ref().map(Rc::as_ptr);
        Rc::ptr_eq(&self.scene, &other.scene)
            && ghost(self) == ghost(other)
            && self.in_view == other.in_view
            && self.ids == other.ids
    }
}

/// The drawing.
pub struct Drawing;

impl Component for Drawing {
    type Message = ();
    type Properties = DrawingProps;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let DrawingProps { scene, ghost, in_view, ids } = ctx.props();
        let slice = in_view.of(scene);
        let ghost = ghost.as_ref().map(|ghost| in_view.of(ghost));
        html! { <g>{ Layers { scene, slice: &slice, ghost: ghost.as_ref(), ids }.draw() }</g> }
    }
}
