# shellcheck shell=bash
# Long steps that say what they do: "step LABEL ESTIMATE_SECONDS LOG ADVICE COMMAND…".
#
# Output goes to LOG. While the command runs, a terminal sees the elapsed time tick; a CI log gets a line every
# 20 seconds. When it fails, the reader is told which step, the end of its log, and what to do.

# 75 → "1:15"
as_minutes() {
    printf '%d:%02d' $(($1 / 60)) $(($1 % 60))
}

# The last line a tool wrote, cut to fit on one line ("Compiling rustls v0.23.36").
last_words() {
    tail -n 1 "$1" 2>/dev/null | tr '\r\t' '  ' | tr -d '\033' | cut -c 1-60
}

# On a terminal every second, on one line; elsewhere a line whenever another 20 seconds have passed.
report_progress() { # label, elapsed, estimate, log
    if [ -t 1 ]; then
        printf '\r\033[K  %s: %s of about %s · %s' "$1" "$(as_minutes "$2")" "$(as_minutes "$3")" "$(last_words "$4")"
    elif [ "$2" -ge "$next_report" ]; then
        next_report=$(($2 + 20))
        printf '  %s: %s of about %s · %s\n' "$1" "$(as_minutes "$2")" "$(as_minutes "$3")" "$(last_words "$4")"
    fi
}

report_failure() { # label, status, log, advice
    {
        printf '\nFAILED: %s (exit status %s).\n' "$1" "$2"
        printf 'The end of its log, %s:\n\n' "$3"
        tail -n 25 "$3" | sed 's/^/    /'
        printf '\nWhat to do: %s\n' "$4"
    } >&2
}

step() { # label, estimate in seconds, log, advice, command…
    local label="$1" estimate="$2" log="$3" advice="$4" began elapsed child status next_report=20
    shift 4
    mkdir -p "$(dirname "$log")"
    printf '%s, about %s…\n' "$label" "$(as_minutes "$estimate")"
    began=$(date +%s)
    # Without a stdin, nothing can stop to ask a question.
    "$@" >"$log" 2>&1 </dev/null &
    child=$!
    trap 'kill "$child" 2>/dev/null; exit 130' INT TERM
    while kill -0 "$child" 2>/dev/null; do
        report_progress "$label" $(($(date +%s) - began)) "$estimate" "$log"
        sleep 1
    done
    status=0
    wait "$child" || status=$?
    trap - INT TERM
    elapsed=$(($(date +%s) - began))
    [ ! -t 1 ] || printf '\r\033[K'
    if [ "$status" -ne 0 ]; then
        report_failure "$label" "$status" "$log" "$advice"
        return "$status"
    fi
    printf '  %s: done in %s.\n' "$label" "$(as_minutes "$elapsed")"
}

# Says which step cannot go on, why, and what to do; then stops.
give_up() { # step, why, what to do
    printf '\nFAILED: %s.\nWhy: %s\nWhat to do: %s\n' "$1" "$2" "$3" >&2
    exit 1
}
