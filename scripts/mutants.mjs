// Tries mutants and judges what came of them; scripts/mutants.sh prepares and calls it.
//   node mutants.mjs look TREE                says which old texts are not where a list says they are; tries nothing
//   node mutants.mjs by-hand TREE [WORD]      tries the lists in TREE/tests/mutants on the copy of the project in TREE
//   node mutants.mjs by-tool FOLDER EXPLAINED compares what cargo-mutants left in FOLDER with the explained survivors
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// A mutant that makes time stand still is noticed by a test that does not end.
const TEST_TIMEOUT_MS = 180_000;
const BUILD_TIMEOUT_MS = 1_200_000;

/// The mutants of one list, as tests/mutants/README.md describes it.
function parseList(name, text) {
    const holds = {};
    const mutants = [];
    let current;
    for (const line of text.split("\n")) {
        const said = /^(file|test) (.+)$/.exec(line);
        if (line.startsWith("==== ")) {
            current = { list: name, title: line.slice(5), ...holds, old: [], replacement: [], part: "old" };
            mutants.push(current);
        } else if (said) {
            holds[said[1]] = said[2].trim();
            current = undefined;
        } else if (current && line === "---->") {
            current.part = "replacement";
        } else if (current) {
            current[current.part].push(line);
        }
    }
    return mutants.map((mutant) => complete(name, mutant));
}

/// The texts without the empty lines around them.
function complete(name, { part, old, replacement, ...mutant }) {
    const text = (lines) => lines.join("\n").replace(/^\n+|\n+$/g, "");
    if (part !== "replacement" || !mutant.file || !mutant.test || !text(old)) {
        fail(`${name}: "${mutant.title}" lacks its file, its test, its old text or the arrow.`);
    }
    return { ...mutant, old: text(old), replacement: text(replacement) };
}

function readLists(tree) {
    const folder = join(tree, "tests/mutants");
    const names = readdirSync(folder).filter((name) => name.endsWith(".txt") && name !== "explained.txt").sort();
    return names.flatMap((name) => parseList(name, readFileSync(join(folder, name), "utf8")));
}

function fail(said) {
    console.error(said);
    process.exit(1);
}

/// Runs cargo in a process group of its own, which is ended as a whole: a test that never ends is cargo's child, not ours.
function cargo(tree, args, timeout) {
    const ran = spawnSync("cargo", args, { cwd: tree, encoding: "utf8", timeout, killSignal: "SIGKILL", detached: true });
    if (ran.error?.code === "ETIMEDOUT") {
        try {
            process.kill(-ran.pid, "SIGKILL");
        } catch {
            // Nothing of it is left.
        }
    }
    return ran;
}

/// "killed", "survived", or why the mutant says nothing. The commands are tried in their order, until one fails.
function runTests(tree, test) {
    for (const command of test.split(" ; ")) {
        const outcome = runCommand(tree, command);
        if (outcome !== "survived") return outcome;
    }
    return "survived";
}

function runCommand(tree, command) {
    const options = ["test", "--locked", ...command.split(" ")];
    const built = cargo(tree, [...options, "--no-run"], BUILD_TIMEOUT_MS);
    if (built.status !== 0) return `does not compile:\n${built.stderr.split("\n").slice(-25).join("\n")}`;
    const ran = cargo(tree, options, TEST_TIMEOUT_MS);
    if (ran.status === 0 && !/running [1-9]/.test(ran.stdout)) return "runs no test at all";
    return ran.status === 0 ? "survived" : "killed";
}

/// The file with the mutant in it; an old text that is not there exactly once is an error in the list.
function mutated(mutant, text) {
    const found = text.split(mutant.old).length - 1;
    if (found !== 1) return { error: `its old text is found ${found} times in ${mutant.file}` };
    return { text: text.replace(mutant.old, () => mutant.replacement) };
}

/// Says what is wrong with the lists, without trying anything.
function look(tree) {
    const mutants = readLists(tree);
    const wrong = mutants.flatMap((mutant) => {
        const { error } = mutated(mutant, readFileSync(join(tree, mutant.file), "utf8"));
        return error ? [`${mutant.list}: ${mutant.title}: ${error}`] : [];
    });
    if (wrong.length > 0) fail(wrong.join("\n"));
    console.log(`${mutants.length} mutants, each where its list says it is.`);
}

function tryMutant(tree, mutant) {
    const path = join(tree, mutant.file);
    const original = readFileSync(path, "utf8");
    const { text, error } = mutated(mutant, original);
    if (error) return error;
    writeFileSync(path, text);
    try {
        return runTests(tree, mutant.test);
    } finally {
        writeFileSync(path, original);
    }
}

/// Every test command must pass on the project as it is, or its failing would prove nothing.
function checkBaseline(tree, mutants) {
    const broken = [...new Set(mutants.flatMap((mutant) => mutant.test.split(" ; ")))]
        .map((command) => [command, runCommand(tree, command)])
        .filter(([, outcome]) => outcome !== "survived");
    if (broken.length === 0) return;
    const said = ([command, outcome]) => `  cargo test ${command}: ${outcome === "killed" ? "fails" : outcome}`;
    fail(`Without any mutant, these do not pass:\n${broken.map(said).join("\n")}`);
}

function byHand(tree, word) {
    const wanted = (mutant) => !word || `${mutant.title} ${mutant.file} ${mutant.list}`.includes(word);
    const mutants = readLists(tree).filter(wanted);
    console.log(`${mutants.length} mutants made by hand; first the tests without any…`);
    checkBaseline(tree, mutants);
    const outcomes = mutants.map((mutant) => {
        const outcome = tryMutant(tree, mutant);
        console.log(`${outcome === "killed" ? "killed  " : "NOT KILLED"} ${mutant.title}${outcome === "killed" ? "" : `: ${outcome}`}`);
        return outcome;
    });
    const killed = outcomes.filter((outcome) => outcome === "killed").length;
    console.log(`By hand: ${killed} of ${mutants.length} killed.`);
    if (killed < mutants.length) process.exit(1);
}

/// A mutant's line without its place, which moves with every edit: "crates/x/src/y.rs: replace a with b in c".
const withoutPlace = (line) => line.replace(/^(\S+?):\d+:\d+: /, "$1: ");

function lines(path) {
    return readFileSync(path, "utf8").split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
}

function byTool(folder, explainedPath) {
    const count = (name) => lines(join(folder, `${name}.txt`));
    const [caught, missed, timeout, unviable] = ["caught", "missed", "timeout", "unviable"].map(count);
    // "mutant | why it does no harm", one line for each mutant; several of one name need several lines.
    const explained = lines(explainedPath).map((line) => line.split(" | ")[0]);
    const unexplained = missed.filter((line) => {
        const place = explained.indexOf(withoutPlace(line));
        if (place >= 0) explained.splice(place, 1);
        return place < 0;
    });
    console.log(`By cargo-mutants: ${caught.length} killed, ${timeout.length} stopped for taking too long, ` +
        `${missed.length - unexplained.length} survived with an explanation, ${unexplained.length} without; ` +
        `${unviable.length} did not compile.`);
    unexplained.forEach((line) => console.log(`SURVIVED ${line}`));
    explained.forEach((line) => console.log(`no longer survives, so its explanation can go: ${line}`));
    if (unexplained.length > 0 || caught.length === 0) process.exit(1);
}

const [task, ...args] = process.argv.slice(2);
if (task === "look") look(...args);
else if (task === "by-hand") byHand(...args);
else if (task === "by-tool") byTool(...args);
else fail("Use: mutants.mjs look TREE, by-hand TREE [WORD], or by-tool FOLDER EXPLAINED");
