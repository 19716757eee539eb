package dev.sluice.upstream;

import java.util.Map;
import java.util.stream.Stream;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same one is known again, and nobody else, and nothing is told of the secret.
 */
class AskedAsTests {

	private static final byte[] KEY = { 1, 2, 3 };

	@Test
	void eachHasItsOwnFingerprint() {
		Stream<Login> logins = Stream.of(basic("robot", "a"), basic("robot", "b"), basic("robota", ""),
				basic("r", "obot"), login(new Credential.IdentityToken("robot", new Secret("a")), Map.of()),
				login(new Credential.IdentityToken(null, new Secret("a")), Map.of()),
				login(new Credential.RegistryToken(new Secret("a")), Map.of()),
				login(new Credential.Basic("robot", new Secret("a")), Map.of("X-Team", "red")), Login.ANONYMOUS);
		assertThat(logins.map((login) -> AskedAs.of(login).fingerprint(KEY))).doesNotHaveDuplicates()
			.allMatch((it) -> it.matches("[0-9a-z]{6,128}"));
	}

	@Test
	void theSameOneIsKnownAgainWhereverItIsKept() {
		Login elsewhere = new Login(new Credential.Basic("robot", new Secret("a")), Map.of(), "another file");
		assertThat(AskedAs.of(basic("robot", "a")).fingerprint(KEY)).isEqualTo(AskedAs.of(elsewhere).fingerprint(KEY));
	}

	@Test
	void aCloudsIdentityOutlivesItsToken() {
		assertThat(AskedAs.of(cloud("ya29.first")).fingerprint(KEY))
			.isEqualTo(AskedAs.of(cloud("ya29.second")).fingerprint(KEY));
	}

	@Test
	void withoutTheKeyNothingCanBeTold() {
		AskedAs robot = AskedAs.of(basic("robot", "s3cret"));
		assertThat(robot.fingerprint(KEY)).isNotEqualTo(robot.fingerprint(new byte[] { 4 }));
		assertThat(robot).hasToString("AskedAs[a file]");
	}

	/** A secret may stand in a header alone. */
	@Test
	void whoseHeadersAreShownIsSomebody() {
		Login login = login(new Credential.Basic("robot", new Secret("a")), Map.of("X-Key", "s3cret"));
		assertThat(AskedAs.of(login.unshown()).isNobody()).isFalse();
		assertThat(AskedAs.ways(login)).noneMatch(AskedAs::isNobody);
		assertThat(AskedAs.of(basic("robot", "a").unshown()).isNobody()).isTrue();
	}

	@Test
	void nobodyIsKnownAsSuch() {
		assertThat(AskedAs.isNobodys(AskedAs.NOBODY.fingerprint(KEY))).isTrue();
		assertThat(AskedAs.isNobodys(AskedAs.of(basic("nobody", "")).fingerprint(KEY))).isFalse();
	}

	private static Login basic(String user, String password) {
		return login(new Credential.Basic(user, new Secret(password)), Map.of());
	}

	private static Login login(Credential credential, Map<String, String> headers) {
		return new Login(credential, headers, "a file");
	}

	private static Login cloud(String token) {
		return new Login(new Credential.Basic("oauth2accesstoken", new Secret(token)), Map.of(), "a cloud", "see there",
				true);
	}

}
