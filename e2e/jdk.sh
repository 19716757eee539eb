# shellcheck shell=bash
# Finds a JDK: JAVA_HOME or JAVA25_HOME if it is new enough, else one installed beside the default java.

JDK_WANTED=25

jdk_major() { # <java home>: its major version, nothing if there is no JDK
	"$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/.*java\.specification\.version = //p'
}

find_jdk() { # prints the home of a JDK 25 or later
	local default homes home major
	default=$(readlink -f "$(command -v java)") || default=/usr/lib/jvm/none/bin/java
	homes=("${JAVA_HOME:-}" "${JAVA25_HOME:-}" "${default%/*/*/*}"/*)
	for home in "${homes[@]}"; do
		[[ -x $home/bin/javac ]] || continue
		major=$(jdk_major "$home")
		if ((${major%%.*} >= JDK_WANTED)); then
			echo "$home"
			return
		fi
	done
	echo "No JDK $JDK_WANTED found: set JAVA_HOME to one, or install one beside ${default%/*/*}" >&2
	return 1
}
