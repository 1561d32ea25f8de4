//! What becomes of files: whole or not at all, never over what was read, and no word when somebody stops listening.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const TEXT: &str = "fencepost 1\nlock L lease 10s\nclient A at 0s: acquire L; release L\n";

/// A folder of its own, gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("fencepost-files-{}-{name}", std::process::id()));
        fs::create_dir_all(path.join("sub")).expect("a folder can be made");
        fs::write(path.join("x.fencepost"), TEXT).expect("a file can be made");
        Self(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// What is in it, sorted.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("it is there");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn binary() -> Command {
    Command::new(env!("CARGO_BIN_EXE_fencepost"))
}

fn render(folder: &Folder, input: &str, output: &str) -> Output {
    binary().current_dir(&folder.0).args(["render", input, "-o", output]).output().expect("it runs")
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("it complains in UTF-8")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("it can be read")
}

#[test]
fn what_was_read_is_never_written_over() {
    let folder = Folder::new("same");
    let x = folder.path("x.fencepost");
    std::os::unix::fs::symlink(&x, folder.path("soft")).expect("a link can be made");
    fs::hard_link(&x, folder.path("hard")).expect("a link can be made");
    let (before, whole) = (folder.names(), x.display().to_string());
    for target in ["x.fencepost", "./x.fencepost", "sub/../x.fencepost", "soft", "hard", &whole] {
        for input in ["x.fencepost", "soft"] {
            let output = render(&folder, input, target);
            assert_eq!(output.status.code(), Some(2), "{input} to {target}");
            let complaint = complained(&output);
            assert!(complaint.contains("this is the file that was read; nothing was written over it."), "{complaint}");
        }
    }
    let output = binary()
        .args(["render", "-", "-o", &whole])
        .stdin(fs::File::open(&x).expect("it is there"))
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(2), "also where the shell has opened it");
    assert_eq!((read(&x).as_str(), folder.names()), (TEXT, before));
}

#[test]
fn a_file_is_replaced_whole_with_its_rights_and_through_a_link() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("whole");
    let target = folder.path("old.svg");
    fs::write(&target, "old").expect("a file can be made");
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).expect("it has rights");
    std::os::unix::fs::symlink("old.svg", folder.path("link.svg")).expect("a link can be made");
    assert_eq!(render(&folder, "x.fencepost", "link.svg").status.code(), Some(0));
    assert!(read(&target).starts_with("<svg"));
    assert_eq!(fs::metadata(&target).expect("it is there").permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(folder.path("link.svg")).expect("it is there").is_symlink(), "a link stays a link");
    assert_eq!(folder.names(), ["link.svg", "old.svg", "sub", "x.fencepost"]);
}

#[test]
fn a_dash_is_standard_output() {
    let folder = Folder::new("dash");
    let output = render(&folder, "x.fencepost", "-");
    assert!(output.status.success() && output.stdout.starts_with(b"<svg"));
    let opened = binary().args(["open", "#s1=t.fencepost+1/end", "-o", "-"]).current_dir(&folder.0).output();
    assert_eq!(opened.expect("it runs").stdout, b"fencepost 1\n");
    assert_eq!(folder.names(), ["sub", "x.fencepost"]);
}

#[test]
fn where_nothing_can_be_written_nothing_is_left() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("refused");
    fs::write(folder.path("kept.svg"), "kept").expect("a file can be made");
    fs::set_permissions(folder.path("kept.svg"), fs::Permissions::from_mode(0o444)).expect("it has rights");
    let before = folder.names();
    // Nobody may make a file in /proc, whoever they are.
    for target in ["nowhere/a.svg", "x.fencepost/a.svg", "/proc/a.svg", "sub", "kept.svg"] {
        let output = render(&folder, "x.fencepost", target);
        assert_eq!(output.status.code(), Some(2), "{target}");
        let complaint = complained(&output);
        assert!(complaint.starts_with(&format!("{target}: cannot be written: ")), "{complaint}");
    }
    assert_eq!((folder.names(), read(&folder.path("kept.svg")).as_str()), (before, "kept"));
}

/// The disk is full in the midst of it: here, no file may have more than half a kilobyte.
#[test]
fn nothing_partial_is_left_behind() {
    let folder = Folder::new("full");
    fs::write(folder.path("old.svg"), "old").expect("a file can be made");
    let before = folder.names();
    for target in ["old.svg", "new.svg"] {
        let line = format!(
            "trap '' XFSZ; ulimit -f 1; exec '{}' render x.fencepost -o {target}",
            env!("CARGO_BIN_EXE_fencepost")
        );
        let output = Command::new("sh").args(["-c", &line]).current_dir(&folder.0).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{}", complained(&output));
        assert!(complained(&output).contains("cannot be written"), "{}", complained(&output));
    }
    assert_eq!((folder.names(), read(&folder.path("old.svg")).as_str()), (before, "old"));
}

/// Whoever has read the first line goes away: `| head -1`. The rest is more than a pipe holds.
#[test]
fn a_reader_who_goes_away_is_no_error() {
    let folder = Folder::new("pipe");
    let many = vec!["x.fencepost"; 60];
    let long = format!("fencepost 1\n{}", "# a comment that nobody reads to its end\n".repeat(4_000));
    fs::write(folder.path("long"), &long).expect("a file can be made");
    let commands: [Vec<&str>; 4] = [
        [vec!["check"], many].concat(),
        vec!["run", "x.fencepost", "--json"],
        vec!["render", "x.fencepost"],
        vec!["render", "long", "-o", "-"],
    ];
    for args in commands {
        let mut child = binary()
            .current_dir(&folder.0)
            .args(&args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut line = String::new();
        let mut reader = BufReader::with_capacity(1, child.stdout.take().expect("it prints"));
        reader.read_line(&mut line).expect("there is a first line");
        drop(reader);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), complained(&output).as_str()), (Some(0), ""), "{args:?}");
    }
}

/// While it waits for its input it is interrupted, as by Ctrl-C. `env` sees to it that it can be, whoever runs the tests.
#[cfg(target_os = "linux")]
#[test]
fn an_interrupted_command_says_nothing_and_leaves_nothing() {
    use std::os::unix::process::ExitStatusExt;
    let folder = Folder::new("interrupted");
    let mut child = Command::new("env")
        .current_dir(&folder.0)
        .args(["--default-signal=INT", env!("CARGO_BIN_EXE_fencepost"), "render", "-", "-o", "new.svg"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    child.stdin.as_mut().expect("it has an input").write_all(TEXT.as_bytes()).expect("it is open");
    let interrupted = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupted.expect("it can be signalled").success());
    // Its input stays open until it has ended.
    let input = child.stdin.take();
    let output = child.wait_with_output().expect("it ends");
    drop(input);
    assert_eq!((output.status.signal(), output.stdout, output.stderr), (Some(2), Vec::new(), Vec::new()));
    assert_eq!(folder.names(), ["sub", "x.fencepost"]);
}
