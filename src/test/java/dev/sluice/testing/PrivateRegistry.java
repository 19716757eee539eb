package dev.sluice.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A registry that wants a token for everything, Sluice before it with the credential, and
 * a client of Sluice that has none. Clients name it {@value #NAME}; it is the default
 * upstream too.
 *
 * @param tokens its token server, on another host name
 * @param registry the registry
 * @param sluice the program
 * @param client a client of the program
 */
public record PrivateRegistry(TokenServer tokens, TestRegistry registry, RunningSluice sluice,
		TestClient client) implements AutoCloseable {

	public static final String NAME = "corp.example.test";

	public static PrivateRegistry start(Path directory, String... properties) {
		TokenServer tokens = TokenServer.start().user("robot", "s3cret", "*");
		TestRegistry registry = TestRegistry.token(tokens);
		Path config = RunningSluice.dockerConfig(directory, registry.authority(), "robot", "s3cret");
		List<String> all = new ArrayList<>(List.of("sluice.default-upstream=" + NAME));
		all.addAll(List.of(properties));
		RunningSluice sluice = RunningSluice.before(NAME, registry, config, all.toArray(String[]::new));
		return new PrivateRegistry(tokens, registry, sluice, TestClient.of(sluice.uri("").toString()));
	}

	@Override
	public void close() {
		this.client.close();
		this.sluice.close();
		this.registry.close();
		this.tokens.close();
	}

}
