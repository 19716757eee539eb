package dev.sluice.credential.dockerconfig;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Secret;
import dev.sluice.oci.RegistryName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.credential.dockerconfig.DockerConfigs.auth;
import static dev.sluice.credential.dockerconfig.DockerConfigs.auths;
import static dev.sluice.credential.dockerconfig.DockerConfigs.base64;
import static dev.sluice.credential.dockerconfig.DockerConfigs.basic;
import static dev.sluice.credential.dockerconfig.DockerConfigs.bytes;
import static dev.sluice.credential.dockerconfig.DockerConfigs.credential;
import static dev.sluice.credential.dockerconfig.DockerConfigs.find;
import static dev.sluice.credential.dockerconfig.DockerConfigs.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What the entries of a config.json mean. */
class DockerConfigParserTests {

	private static final String SECRET = "made-up-secret";

	@Test
	void decodesAuth() {
		assertThat(credential(auths("ghcr.io", auth("user:pass")), "ghcr.io")).isEqualTo(basic("user", "pass"));
	}

	@Test
	void decodesAuthWithoutPadding() {
		String unpadded = Base64.getEncoder().withoutPadding().encodeToString(bytes("user:pass1"));
		assertThat(unpadded).hasSize(14);
		assertThat(credential(auths("ghcr.io", "{\"auth\":\"" + unpadded + "\"}"), "ghcr.io"))
			.isEqualTo(basic("user", "pass1"));
	}

	@Test
	void splitsAuthAtTheFirstColon() {
		assertThat(credential(auths("ghcr.io", auth("user:a:b:")), "ghcr.io")).isEqualTo(basic("user", "a:b:"));
	}

	@Test
	void trimsNulsFromBothEndsOfThePasswordOnly() {
		assertThat(credential(auths("ghcr.io", auth("user:\0\0pass\0\0")), "ghcr.io")).isEqualTo(basic("user", "pass"));
		assertThat(parse(auths("ghcr.io", auth("user\0:pass"))).problems()).hasSize(1);
		assertThat(credential(auths("ghcr.io", auth("user:\0\0")), "ghcr.io")).isEqualTo(basic("user", ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'registrytoken':'t\\n'}", "{'registrytoken':'t\\r\\n'}", "{'registrytoken':'t\\r'}" })
	void leavesOutTheEndOfALine(String entry) {
		assertThat(credential(auths("ghcr.io", entry), "ghcr.io"))
			.isEqualTo(new Credential.RegistryToken(new Secret("t")));
		assertThat(credential(auths("ghcr.io", auth("user:pass\n")), "ghcr.io")).isEqualTo(basic("user", "pass"));
		assertThat(parse("{'HttpHeaders':{'X-Key\\n':'value\\r\\n','Authorization\\n':'x'}}").headers())
			.isEqualTo(Map.of("X-Key", "value"));
	}

	@Test
	void allowsAnEmptyPassword() {
		assertThat(credential(auths("ghcr.io", auth("user:")), "ghcr.io")).isEqualTo(basic("user", ""));
		assertThat(credential(auths("ghcr.io", "{'username':'user','password':''}"), "ghcr.io"))
			.isEqualTo(basic("user", ""));
	}

	@Test
	void takesUsernameAndPasswordUnlessThereIsAuth() {
		assertThat(credential(auths("ghcr.io", "{'username':'user','password':'pass'}"), "ghcr.io"))
			.isEqualTo(basic("user", "pass"));
		String both = "{'username':'user','password':'pass','auth':'" + base64("other:word") + "'}";
		assertThat(credential(auths("ghcr.io", both), "ghcr.io")).isEqualTo(basic("other", "word"));
		assertThat(credential(auths("ghcr.io", "{'username':'user','password':'pass','auth':''}"), "ghcr.io"))
			.isEqualTo(basic("user", "pass"));
	}

	@Test
	void takesIdentityTokenWithTheUsernameFromAuth() {
		String nullGuid = "00000000-0000-0000-0000-000000000000";
		String entry = "{'auth':'" + base64(nullGuid + ":") + "','identitytoken':'" + SECRET + "'}";
		assertThat(credential(auths("x.azurecr.io", entry), "x.azurecr.io"))
			.isEqualTo(new Credential.IdentityToken(nullGuid, new Secret(SECRET)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'identitytoken':'made-up-secret'}",
			"{'auth':'bm9jb2xvbg==','identitytoken':'made-up-secret'}" })
	void takesIdentityTokenWithoutAReadableUsername(String entry) {
		assertThat(credential(auths("r.example", entry), "r.example"))
			.isEqualTo(new Credential.IdentityToken(null, new Secret(SECRET)));
	}

	@Test
	void takesRegistryTokenBeforeAnythingElse() {
		String entry = "{'registrytoken':'" + SECRET + "','identitytoken':'x','username':'u','password':'p'}";
		assertThat(credential(auths("tok.example", entry), "tok.example"))
			.isEqualTo(new Credential.RegistryToken(new Secret(SECRET)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "null", "{'auth':''}", "{'email':'a@b.example'}", "{'username':'','password':''}" })
	void listsTheRegistryOfAnEmptyEntry(String entry) {
		DockerConfig config = parse(auths("helper.example", entry));
		assertThat(config.registryNames()).containsExactly(RegistryName.parse("helper.example"));
		assertThat(find(config, "helper.example", null)).isEmpty();
		assertThat(config.problems()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"auth":"%%made-up-secret"}                     | has an 'auth' that is no base64
					{"auth":"bWFkZS11cC1zZWNyZXQ="}                 | has an 'auth' without a colon
					{"auth":"Om1hZGUtdXAtc2VjcmV0"}                 | has an 'auth' without a user name
					{"auth":"dTr/"}                                 | has an 'auth' that is no UTF-8
					{"auth":42}                                     | has a value of 'auth' that is no text
					{"username":"u"}                                | has a user name but no password
					{"password":"made-up-secret"}                   | has a password but no user name
					"made-up-secret"                                | is no JSON object
					["made-up-secret"]                              | is no JSON object
					{"registrytoken":"made-up\\r\\nX: y"}              | can't be used, for its registry token holds a control character (U+000D)
					{"registrytoken":"made-up\\nGET /v2/"}           | can't be used, for its registry token holds a control character (U+000A)
					{"identitytoken":"\\u0000made-up"}               | can't be used, for its identity token holds a control character (U+0000)
					{"auth":"bWFkZQotdXA6cA=="}                     | can't be used, for its user name holds a control character (U+000A)
					{"auth":"dTpwCm1hZGUtdXA="}                     | can't be used, for its password holds a control character (U+000A)
					{"username":"u","password":"made-up\\u001b[0m"}  | can't be used, for its password holds a control character (U+001B)
					{"username":"u:made-up","password":"p"}         | can't be used, for its user name holds a colon
					""")
	void reportsABadEntryWithoutItsContentAndKeepsTheOthers(String entry, String problem) {
		DockerConfig config = parse("{'auths':{'bad.example':" + entry + ",'good.example':" + auth("user:pass") + "}}");
		assertThat(config.problems()).singleElement()
			.asString()
			.startsWith("auths entry 'bad.example' " + problem)
			.doesNotContain("made-up", "bWFkZS11cC1zZWNyZXQ", "Om1hZGU");
		assertThat(find(config, "good.example", null)).contains(basic("user", "pass"));
		assertThat(find(config, "bad.example", null)).isEmpty();
		assertThat(config.registryNames()).contains(RegistryName.parse("bad.example"));
	}

	@Test
	void reportsAKeyThatNamesNoRegistryAndKeepsTheOthers() {
		DockerConfig config = parse(
				"{'auths':{'user:" + SECRET + "@r.example':" + auth("a:b") + ",'ghcr.io':" + auth("user:pass") + "}}");
		assertThat(config.problems()).containsExactly("key '…@r.example' names no registry; left out");
		assertThat(find(config, "ghcr.io", null)).contains(basic("user", "pass"));
		assertThat(config.registryNames()).containsExactly(RegistryName.parse("ghcr.io"));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "{'auths':[],'credHelpers':{'a.example':''}}", "{'credHelpers':7,'auths':{'a.example':{}}}",
					"{'credsStore':[],'auths':{'a.example':{}}}", "{'HttpHeaders':'x','auths':{'a.example':{}}}" })
	void reportsASectionOfTheWrongTypeAndReadsTheOthers(String json) {
		DockerConfig config = parse(json);
		assertThat(config.problems()).hasSize(1);
		assertThat(config.registryNames()).containsExactly(RegistryName.parse("a.example"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{'auths':null}", "{'auths':{}}", "{'proxies':{'default':{}}}", "", "   ",
			"\n\t\r\n", "\uFEFF", "{'proxies':{'auth':'x'},'credsStore':null}" })
	void isFineWithAFileThatNamesNothing(String json) {
		assertThat(parse(json)).isEqualTo(DockerConfig.NONE);
	}

	@Test
	void findsFieldsWhateverTheirCaseAsDockerDoes() {
		assertThat(credential("{'Auths':{'r.example':{'identityToken':'" + SECRET + "'}}}", "r.example"))
			.isEqualTo(new Credential.IdentityToken(null, new Secret(SECRET)));
	}

	@Test
	void usesARealSecretBesideAStore() {
		DockerConfig config = parse("{'credsStore':'desktop','auths':{'ghcr.io':" + auth("user:pass") + "}}");
		assertThat(find(config, "ghcr.io", null)).contains(basic("user", "pass"));
		assertThat(config.problems()).isEmpty();
	}

	@Test
	void listsTheRegistriesOfCredHelpersAndNamesTheirHelper() {
		DockerConfig config = parse("{'credHelpers':{'public.ecr.aws':'ecr-login','https://eu.gcr.io':'gcloud'}}");
		assertThat(config.registryNames())
			.isEqualTo(Set.of(RegistryName.parse("public.ecr.aws"), RegistryName.parse("eu.gcr.io")));
		assertThat(config.helpers().kept())
			.isEqualTo(Map.of("gcloud", List.of("eu.gcr.io"), "ecr-login", List.of("public.ecr.aws")));
	}

	@Test
	void neverFallsBackFromAHelperOfItsOwnToAuths() {
		DockerConfig config = parse("{'credHelpers':{'r.example':'pass'},'auths':{'r.example':" + auth("old:x") + "}}");
		assertThat(find(config, "r.example", null)).isEmpty();
		assertThat(config.helpers().kept()).containsKey("pass");
	}

	/** Docker and Podman look helpers up by the registry's name alone. */
	@ParameterizedTest
	@ValueSource(strings = { "r.example/acme", "https://r.example/acme", "http://r.example/v2/acme" })
	void aHelperOfARepositoryIsToldOfAndLeavesTheRegistryItsLogin(String key) {
		DockerConfig config = parse(
				"{'credHelpers':{'" + key + "':'pass'},'auths':{'r.example':" + auth("user:pass") + "}}");
		assertThat(find(config, "r.example", "acme/app")).contains(basic("user", "pass"));
		assertThat(config.problems()).containsExactly(
				"credHelpers entry '" + key + "' has a path, but helpers are chosen for whole registries; left out");
		assertThat(config.helpers().kept()).isEmpty();
	}

	@Test
	void readsAuthsWhereAnEmptyHelperTurnsTheStoreOff() {
		DockerConfig config = parse("{'credsStore':'desktop','credHelpers':{'r.example':'','s.example':''},"
				+ "'auths':{'r.example':" + auth("user:pass") + ",'s.example':{}}}");
		assertThat(find(config, "r.example", null)).contains(basic("user", "pass"));
		assertThat(config.problems()).isEmpty();
	}

	@Test
	void keepsHttpHeadersThatBelongToTheEndpoint() {
		DockerConfig config = parse("{'HttpHeaders':{'X-Meta-Source-Client':'azure/aks','User-Agent':'x',"
				+ "'AUTHORIZATION':'x','Host':'x','Connection':'x','Transfer-Encoding':'x','Upgrade':'x',"
				+ "'Range':'x','If-None-Match':'x','Content-Type':'x','Proxy-Authentication-Info':'x'}}");
		assertThat(config.headers()).isEqualTo(Map.of("X-Meta-Source-Client", "azure/aks"));
		assertThat(config.problems()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'X-Bad':'made-up\\r\\nInjected: x'}", "{'X Bad':'made-up'}", "{'X-Bad':['made-up']}",
			"{'X-Bad\\r\\nInjected: x':'made-up'}", "{'X-Bad':'made-up\\u0000'}", "{'X-Bad':'made-up\\u0085'}",
			"{'X-Bad\\r':7}", "{'':'made-up'}" })
	void leavesOutHeadersThatAreNotWellFormed(String headers) {
		DockerConfig config = parse("{'HttpHeaders':" + headers + "}");
		assertThat(config.headers()).isEmpty();
		assertThat(config.problems()).singleElement()
			.asString()
			.contains("is no HTTP header")
			.doesNotContain("made-up");
	}

	@Test
	void acceptsATrailingCommaWithAWarning() {
		DockerConfig config = parse("""
				{
				  "auths": {
				    "https://index.docker.io/v1/": {
				      "auth": "%s"
				    },
				  },
				  "HttpHeaders": {
				    "User-Agent": "Docker-Client/18.09.6 (darwin)"
				  }
				}
				""".formatted(base64("user:" + SECRET)));
		assertThat(find(config, "docker.io", "library/nginx")).contains(basic("user", SECRET));
		assertThat(config.headers()).isEmpty();
		assertThat(config.problems()).isEmpty();
		assertThat(config.warnings()).singleElement()
			.asString()
			.startsWith("has a trailing comma before line 6")
			.endsWith("; accepted");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "[]", "null", "'made-up-secret'", "{} {}", "{'auths':{'a':made-up-secret}}",
			"{'auths':{'a':{'auth':'made-up-secret}}", "// made-up-secret\n{}", "{'a':1,,}" })
	void refusesWhatIsNoJsonObjectWithoutQuotingIt(String json) {
		assertThatExceptionOfType(MalformedConfigException.class)
			.isThrownBy(() -> new DockerConfigParser().parse(bytes(json.replace('\'', '"'))))
			.withMessageMatching("is no valid JSON at line \\d+, column \\d+|holds no JSON object")
			.withNoCause();
	}

	@Test
	void showsNoSecretWhenPrinted() {
		DockerConfig config = parse("{'HttpHeaders':{'X-Key':'" + SECRET + "'},'auths':{'a.example':"
				+ auth("user:" + SECRET) + ",'b.example':{'registrytoken':'" + SECRET + "'},"
				+ "'c.example':{'identitytoken':'" + SECRET + "'}}}");
		assertThat(config.toString() + config.logins() + config.credentials()).doesNotContain(SECRET);
	}

}
