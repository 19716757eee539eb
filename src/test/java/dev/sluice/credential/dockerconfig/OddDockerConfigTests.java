package dev.sluice.credential.dockerconfig;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.sluice.oci.RegistryName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.credential.dockerconfig.DockerConfigs.auth;
import static dev.sluice.credential.dockerconfig.DockerConfigs.auths;
import static dev.sluice.credential.dockerconfig.DockerConfigs.base64;
import static dev.sluice.credential.dockerconfig.DockerConfigs.basic;
import static dev.sluice.credential.dockerconfig.DockerConfigs.bytes;
import static dev.sluice.credential.dockerconfig.DockerConfigs.credential;
import static dev.sluice.credential.dockerconfig.DockerConfigs.find;
import static dev.sluice.credential.dockerconfig.DockerConfigs.parse;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

/**
 * Files that nobody writes by hand: they cost little, and no more than what is wrong in
 * them.
 */
class OddDockerConfigTests {

	@Test
	void refusesAFileNestedTooDeeply() {
		String nested = "[".repeat(100_000);
		assertThatExceptionOfType(MalformedConfigException.class)
			.isThrownBy(() -> new DockerConfigParser().parse(bytes("{\"auths\":" + nested)))
			.withMessageStartingWith("is nested too deeply");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ghcr.io.", "ghcr.io:99999", "ghcr.io:0", "ghcr.io:", ":5000", "", " ", "/", "https://",
			"[::1", "[g::1]", "https://u:made-up@ghcr.io/v1/", "*.example", "a b", "exämple.com", "ghcr.io\\u0000", "-",
			"_", "ghcr.io/UPPER", "ghcr.io/../x", "ftp://ghcr.io" })
	void aKeyThatNamesNoRegistryCostsOnlyItself(String key) {
		DockerConfig config = parse("{'auths':{'" + key + "':" + auth("a:made-up") + ",'quay.io':" + auth("user:pass")
				+ "},'credHelpers':{'" + key + "':'made'}}");
		assertThat(config.problems()).hasSize(2).allSatisfy((problem) -> assertThat(problem).doesNotContain("made-up"));
		assertThat(config.registryNames()).containsExactly(RegistryName.parse("quay.io"));
		assertThat(find(config, "quay.io", null)).contains(basic("user", "pass"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "my_registry:5000", "a_b", "a..b", "a.-b", "1.2.3.4.5", "[::1]:5000", "x:65535" })
	void aKeyThatNamesARegistryByItsFormListsIt(String key) {
		DockerConfig config = parse(auths(key, auth("user:pass")));
		assertThat(config.problems()).isEmpty();
		assertThat(config.registryNames()).containsExactly(RegistryName.parse(key));
		assertThat(find(config, key, null)).contains(basic("user", "pass"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "/", "a/", "@", "*", "[", ".", ":", "é" })
	void aHugeKeyCostsOnlyItselfAndLittleTime(String unit) {
		String key = "ghcr.io/" + unit.repeat(100_000);
		String json = "{'auths':{'" + key + "':" + auth("a:b") + ",'quay.io':" + auth("user:pass") + "}}";
		DockerConfig config = assertTimeout(Duration.ofSeconds(15), () -> parse(json));
		assertThat(config.problems()).singleElement().asString().hasSizeLessThan(300);
		assertThat(find(config, "quay.io", null)).contains(basic("user", "pass"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "{}", "[{}]", "0", "''", "null" })
	void whatNobodyAsksForIsPassedOverHoweverMuchThereIs(String element) {
		String many = String.join(",", Collections.nCopies(300_000, element));
		assertThat(credential("{'plugins':[" + many + "],'auths':{'a.example':{'auth':'" + base64("user:pass")
				+ "','extra':[" + many + "]}}}", "a.example"))
			.isEqualTo(basic("user", "pass"));
	}

	@Test
	void moreEntriesThanAnybodyHasAreLeftOut() {
		String entries = IntStream.range(0, Section.MOST + 5)
			.mapToObj((number) -> "'r" + number + ".example':{}")
			.collect(Collectors.joining(","));
		DockerConfig config = parse("{'auths':{" + entries + ",'r0.example':" + auth("user:pass") + "}}");
		assertThat(config.registryNames()).hasSize(Section.MOST);
		assertThat(find(config, "r0.example", null)).contains(basic("user", "pass"));
		assertThat(config.problems())
			.containsExactly("'auths' has more than 1000 entries; those after them are left out");
	}

	@Test
	void readsTextsOfOtherEncodingsThatSaySo() throws MalformedConfigException {
		String json = auths("ghcr.io", "{'username':'jürgen','password':'p'}").replace('\'', '"');
		for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE)) {
			assertThat(find(new DockerConfigParser().parse(("\uFEFF" + json).getBytes(charset)), "ghcr.io", null))
				.contains(basic("jürgen", "p"));
		}
	}

	@Test
	void aByteThatIsNoUtf8CostsOnlyTheTextThatItStandsIn() throws MalformedConfigException {
		String json = ("{'psFormat':'é','auths':{'ghcr.io':" + auth("user:pass")
				+ ",'a.example':{'username':'jürgen','password':'made-up'},'b.example':{'auth':'bWFé'},"
				+ "'c.example':{'username':'u','password':'p','email':'jürgen@c.example'}}}")
			.replace('\'', '"');
		DockerConfig config = new DockerConfigParser().parse(json.getBytes(ISO_8859_1));
		assertThat(find(config, "ghcr.io", null)).contains(basic("user", "pass"));
		assertThat(find(config, "c.example", null)).contains(basic("u", "p"));
		assertThat(config.problems()).containsExactlyInAnyOrder(
				"auths entry 'a.example' has a value of 'username' that is no UTF-8 text; left out",
				"auths entry 'b.example' has a value of 'auth' that is no UTF-8 text; left out");
	}

	@Test
	void aByteThatIsNoUtf8OutsideATextIsNoJson() {
		assertThatExceptionOfType(MalformedConfigException.class)
			.isThrownBy(() -> new DockerConfigParser().parse("{é}".getBytes(ISO_8859_1)))
			.withMessageStartingWith("is no valid JSON at line 1, column");
	}

	@Test
	void takesTheLastOfFieldsThatAreThereTwiceWhateverTheirCase() {
		assertThat(credential("{'AUTHS':{'r.example':{'auth':'" + base64("first:x") + "','Auth':'" + base64("last:x")
				+ "','AUTH':null}}}", "r.example"))
			.isEqualTo(basic("last", "x"));
		assertThat(credential(
				"{'auths':{'r.example':" + auth("first:x") + "},'Auths':{'r.example':" + auth("last:x") + "}}",
				"r.example"))
			.isEqualTo(basic("last", "x"));
	}

	@Test
	void addsASectionThatIsThereTwiceToTheFirstOne() {
		DockerConfig config = parse("{'auths':{'a.example':" + auth("a:x") + "},'credsStore':'s','Auths':{'b.example':"
				+ auth("b:x") + "},'credsStore':null,'credHelpers':{'c.example':'one'},"
				+ "'credHelpers':{'d.example':'two'}}");
		assertThat(find(config, "a.example", null)).contains(basic("a", "x"));
		assertThat(find(config, "b.example", null)).contains(basic("b", "x"));
		assertThat(config.helpers().store()).isEqualTo("s");
		assertThat(config.helpers().kept()).containsOnlyKeys("one", "two");
		assertThat(find(parse("{'auths':{'a.example':" + auth("a:x") + "},'auths':null}"), "a.example", null))
			.isEmpty();
	}

}
