//! Files are written whole or not at all.
//!
//! A file is written beside the place where it belongs and then renamed, so that whoever looks there finds the old one or
//! the new one, and nothing in between, whatever happens meanwhile.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::Status;
use crate::output;

/// Writes `content` to `path`, or to standard output if that is `-`. What was read from `source` is never written over.
pub(crate) fn save(path: &Path, content: &str, source: Option<&Path>) -> Status {
    if path == Path::new("-") {
        return output::print(content);
    }
    let name = output::named(path);
    if source.is_some_and(|source| is_same(source, path)) {
        output::complain(&format!("{name}: this is the file that was read; nothing was written over it."));
        return Status::Unusable;
    }
    match write(path, content.as_bytes()) {
        Ok(()) => Status::Fine,
        Err(error) => {
            output::complain(&format!("{name}: cannot be written: {error}. Nothing was changed."));
            Status::Unusable
        }
    }
}

/// Whether two paths, by whatever way, lead to one file.
fn is_same(source: &Path, target: &Path) -> bool {
    let source = if source == Path::new("-") { Path::new("/dev/stdin") } else { source };
    let (Ok(one), Ok(other)) = (identity(source), identity(target)) else { return false };
    one == other
}

/// What a file is known by, whatever it is called: a hard link is the same file.
#[cfg(unix)]
fn identity(path: &Path) -> io::Result<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    // What is no regular file, such as a terminal, may be read and written at once.
    let found = fs::metadata(path)?;
    if found.is_file() { Ok((found.dev(), found.ino())) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

/// What a file is known by, whatever it is called.
#[cfg(not(unix))]
fn identity(path: &Path) -> io::Result<PathBuf> {
    path.canonicalize()
}

fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    // A link stays a link: what it leads to is what is replaced.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    match fs::metadata(&target) {
        Ok(found) if found.is_dir() => Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")),
        // A device or a pipe cannot be replaced, and has no content that could be lost.
        Ok(found) if !found.is_file() => OpenOptions::new().write(true).open(&target)?.write_all(content),
        Ok(found) if found.permissions().readonly() => {
            Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is protected against writing"))
        }
        Ok(found) => replace(&target, content, Some(found.permissions())),
        Err(_) => replace(&target, content, None),
    }
}

fn replace(target: &Path, content: &[u8], permissions: Option<fs::Permissions>) -> io::Result<()> {
    let mut part = Part::beside(target)?;
    part.file.write_all(content)?;
    if let Some(permissions) = permissions {
        part.file.set_permissions(permissions)?;
    }
    part.file.sync_all()?;
    fs::rename(&part.path, target)?;
    part.is_whole = true;
    Ok(())
}

/// A file that is being written. It is gone again unless it became whole.
struct Part {
    path: PathBuf,
    file: File,
    is_whole: bool,
}

impl Part {
    fn beside(target: &Path) -> io::Result<Self> {
        let process = std::process::id();
        let mut number = 0_u32;
        loop {
            let path = target.with_file_name(format!(".fencepost-{process}-{number}.part"));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok(Self { path, file, is_whole: false }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 100 => number += 1,
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.is_whole {
            // If it cannot be removed either, the error that is being told is the same one.
            let _ = fs::remove_file(&self.path);
        }
    }
}
