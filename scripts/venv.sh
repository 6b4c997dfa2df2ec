# Sourced by scripts/test and scripts/demo: makes .venv and installs what a requirements file names.

# The newest Python that this machine has, 3.11 or later, and that can make an environment.
find_python() {
    local candidate
    for candidate in python3.11 python3.12 python3.13 python3 python /usr/bin/python3.11; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
            2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "No Python 3.11 or later with venv was found." \
        "On Debian: apt-get install python3.11 python3.11-venv" >&2
    return 1
}

# prepare_venv REQUIREMENTS…: quick when nothing has changed since the last time.
prepare_venv() {
    local python stamp wanted file arguments=()
    mkdir -p .venv
    exec 9>.venv/.lock
    flock 9 # one at a time
    if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
        python=$(find_python) || return 1
        echo "Making .venv with $("$python" --version)"
        "$python" -m venv --clear --upgrade-deps .venv 2>/dev/null ||
            "$python" -m venv --clear .venv
    fi
    stamp=".venv/.installed-$(echo "$*" | tr -c 'a-z\n' '-')"
    wanted=$(cat requirements.txt requirements-dev.txt sandbox/requirements.txt | sha256sum)
    if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
        echo "Installing $*"
        for file in "$@"; do
            arguments+=(--requirement "$file")
        done
        .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check "${arguments[@]}"
        echo "$wanted" >"$stamp"
    fi
    exec 9>&-
}
