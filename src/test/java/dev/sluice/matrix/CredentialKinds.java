package dev.sluice.matrix;

import java.util.List;

import dev.sluice.testing.registries.Form;

/**
 * All ways to keep a credential that the matrix has a column for.
 */
final class CredentialKinds {

	/** In the order of columns; a further kind is one more line here. */
	static final List<CredentialKind> ALL = List
		.of( // @formatter:off
			new Nobody(),
			new InConfigJson("config.json username, password", Form.LOGIN, InConfigJson::plain),
			new InConfigJson("config.json auth", Form.LOGIN, InConfigJson::encoded),
			new InConfigJson("config.json identitytoken", Form.IDENTITY_TOKEN, InConfigJson::identityToken),
			new InConfigJson("config.json registrytoken", Form.REGISTRY_TOKEN, InConfigJson::registryToken),
			new InHelper(),
			new InAuthJson(),
			new InVariables(),
			new InDockerAuthConfig(),
			new InSettings(),
			new InKubernetesSecret(),
			new InCloud()); // @formatter:on

	private CredentialKinds() {
	}

}
