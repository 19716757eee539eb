package dev.sluice.oci;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RepositoryName}, {@link Tag}, {@link Digest} and {@link Reference}.
 */
class NamesTests {

	private static final String HEX_64 = "0123456789abcdef".repeat(4);

	@ParameterizedTest
	@ValueSource(strings = { "nginx", "library/nginx", "a/b/c/d", "a.b_c__d-e--f", "0", "acme/tags", "acme/manifests" })
	void takesRepositoryNamesOfTheSpec(String name) {
		assertThat(new RepositoryName(name)).hasToString(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Acme/app", "/acme", "acme/", "acme//app", "acme/../app", "..", "a..b", "a___b", "-a",
			"a-", "_a", "a.", "a b", "a:b", "a@b", "acme/%2e", "a\n", "ä" })
	void refusesOtherRepositoryNames(String name) {
		assertMalformed(() -> new RepositoryName(name), ErrorCode.NAME_INVALID);
	}

	@Test
	void boundsRepositoryNamesAt255Characters() {
		assertThat(new RepositoryName("a".repeat(255)).value()).hasSize(255);
		assertMalformed(() -> new RepositoryName("a".repeat(256)), ErrorCode.NAME_INVALID);
	}

	@ParameterizedTest
	@ValueSource(strings = { "latest", "1", "_x", "V1.2.3-rc_1", "sha256" })
	void takesTagsOfTheSpec(String tag) {
		assertThat(Reference.parse(tag)).isEqualTo(new Tag(tag));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".x", "-x", "a b", "a/b", "a@b", "a\n", "ä" })
	void refusesOtherTags(String tag) {
		assertMalformed(() -> Reference.parse(tag), ErrorCode.TAG_INVALID);
	}

	@Test
	void boundsTagsAt128Characters() {
		assertThat(new Tag("a".repeat(128)).value()).hasSize(128);
		assertMalformed(() -> new Tag("a".repeat(129)), ErrorCode.TAG_INVALID);
	}

	@Test
	void takesDigestsOfBothAlgorithms() {
		assertThat(Reference.parse("sha256:" + HEX_64)).isEqualTo(new Digest(Digest.Algorithm.SHA256, HEX_64))
			.hasToString("sha256:" + HEX_64);
		assertThat(Digest.parse("sha512:" + HEX_64 + HEX_64).algorithm()).isEqualTo(Digest.Algorithm.SHA512);
	}

	@ParameterizedTest
	@ValueSource(strings = { "sha256:", "sha256:abc", "md5:d41d8cd98f00b204e9800998ecf8427e", ":x", "SHA256:" + "a",
			"sha512:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
			"sha256:0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
			"sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde/",
			"sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0" })
	void refusesOtherDigests(String digest) {
		assertMalformed(() -> Reference.parse(digest), ErrorCode.DIGEST_INVALID);
		assertThat(Digest.tryParse(digest)).isEmpty();
	}

	@Test
	void knowsWhichContentADigestNames() {
		byte[] content = "hello".getBytes(StandardCharsets.UTF_8);
		Digest sha256 = Digest.of(Digest.Algorithm.SHA256, content);
		Digest sha512 = Digest.of(Digest.Algorithm.SHA512, content);
		assertThat(sha256).hasToString("sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
		assertThat(sha256.matches(content)).isTrue();
		assertThat(sha512.matches(content)).isTrue();
		assertThat(sha256.matches("hallo".getBytes(StandardCharsets.UTF_8))).isFalse();
	}

	@Test
	void digestsOfTwoAlgorithmsNeverContradictEachOther() {
		Digest sha256 = Digest.of(Digest.Algorithm.SHA256, new byte[0]);
		assertThat(sha256.contradicts(Digest.of(Digest.Algorithm.SHA512, new byte[1]))).isFalse();
		assertThat(sha256.contradicts(sha256)).isFalse();
		assertThat(sha256.contradicts(Digest.of(Digest.Algorithm.SHA256, new byte[1]))).isTrue();
	}

	@Test
	void showsOneShortLineOfWhatItRefuses() {
		assertThatExceptionOfType(RequestException.Malformed.class)
			.isThrownBy(() -> new RepositoryName("A\r\nSet-Cookie: x" + "y".repeat(10_000)))
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(400).doesNotContainPattern("\\p{Cntrl}"));
	}

	private static void assertMalformed(Runnable reading, ErrorCode code) {
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(reading::run)
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
	}

}
