# shellcheck shell=bash
# The commands beside serving: what they say of a good and a bad upstream, and of one whose login AWS's helper knows.

readonly ECR=123456789012.dkr.ecr.eu-west-1.amazonaws.com

commands_tell() {
	step "doctor: all is well" doctor_is_content
	step "doctor: tells a wrong password" doctor_finds_a_wrong_password
	step "explain: each step of a pull" explanation_says "the image can be pulled" sluice_command explain "$IMAGE"
	step "explain: on the management port" management_explains
}

sluice_command() { # <command> <argument …>: with the configuration of the running one
	"$jdk/bin/java" -jar "$jar" "$@" "--spring.config.additional-location=file:$work/sluice.yml" 2>>"$logs/commands.log"
}

doctor_is_content() {
	sluice_command doctor "$IMAGE" >"$work/doctor"
	expect_contains "$(<"$work/doctor")" "All is well."
	! grep -F -e "$corp_password" -e "$hub_password" "$work/doctor" || fail "it shows a password"
	sluice_command doctor --json | jq -e '.good and (.checks | length == 2)'
}

doctor_finds_a_wrong_password() {
	local status=0
	jq --arg auth "$(basic "$wrong_password")" '.auths[].auth = $auth' "$work/config.json" >"$work/wrong.json"
	sluice_command doctor "--sluice.credentials.docker-config=$work/wrong.json" >"$work/doctor" || status=$?
	expect_equal "exit status" 1 "$status"
	expect_contains "$(<"$work/doctor")" "log in again"
	! grep -F "$wrong_password" "$work/doctor" || fail "it shows the password"
}

explanation_says() { # <result> <command …>
	"${@:2}" >"$work/explanation" || { cat "$work/explanation" && return 1; }
	expect_contains "$(<"$work/explanation")" "$1"
}

management_explains() {
	curl -fsS "http://127.0.0.1:$management_port/actuator/explain?image=$IMAGE" | jq -e .good
}

ecr_helper_is_asked() { # docker-credential-ecr-login signs in to a stand-in for AWS
	local aws_port
	aws_port=$(free_ports 1)
	start aws python3 "$here/ecr.py" "$aws_port" "$work/server.crt" "$work/server.key" "$UPSTREAM_USER" "$corp_password"
	jq -n --arg ecr "$ECR" '{credHelpers: {($ecr): "ecr-login"}}' >"$work/ecr.json"
	cat >"$work/ecr.yml" <<-YAML
		sluice:
		  default-upstream: $ECR
		  upstreams:
		    - name: $ECR
		      endpoints: ["https://$upstream_host:$corp_port"]
		      credential-host: $ECR
		      tls: { certificate-authority: $tls/ca.crt }
		  credentials:
		    docker-config: [$work/ecr.json]
		    cloud.enabled: false
	YAML
	step "docker-credential-ecr-login: its login counts" explanation_says "ecr-login" env AWS_ACCESS_KEY_ID=AKIDEXAMPLE \
		AWS_SECRET_ACCESS_KEY=example AWS_EC2_METADATA_DISABLED=true "AWS_CA_BUNDLE=$tls/ca.crt" \
		"HTTPS_PROXY=http://127.0.0.1:$aws_port" NO_PROXY=127.0.0.1 \
		"$jdk/bin/java" -jar "$jar" explain "$ECR/$REPOSITORY:1" "--spring.config.additional-location=file:$work/ecr.yml"
	step "docker-credential-ecr-login: without a login of AWS's own" ecr_helper_has_nothing
	stop aws
}

ecr_helper_has_nothing() {
	local status=0
	AWS_EC2_METADATA_DISABLED=true "$jdk/bin/java" -jar "$jar" explain "$ECR/$REPOSITORY:1" \
		"--spring.config.additional-location=file:$work/ecr.yml" >"$work/explanation" 2>>"$logs/commands.log" || status=$?
	expect_equal "exit status" 1 "$status"
	expect_contains "$(<"$work/explanation")" "$ECR"
}
