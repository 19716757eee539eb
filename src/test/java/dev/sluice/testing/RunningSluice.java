package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.sluice.SluiceApplication;
import dev.sluice.settings.ProcessEnvironment;
import dev.sluice.transport.Network;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The real program, started in this JVM on free ports of the loopback address, with the
 * properties of a test alone: no configuration of the user who runs the tests is read.
 */
public final class RunningSluice implements AutoCloseable {

	private static final String SYSTEM_ENVIRONMENT = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

	/**
	 * No store, which would serve one test what another has pulled. On closing, a tenth
	 * of a second for what is still to be done, and not two whole ones.
	 */
	private static final List<String> DEFAULTS = List.of("--server.port=0", "--management.server.port=0",
			"--spring.config.import=", "--sluice.store.enabled=false",
			"--spring.reactor.netty.shutdown-quiet-period=100ms");

	private final ConfigurableApplicationContext context;

	private RunningSluice(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts the program.
	 * @param properties {@code key=value} pairs
	 * @return it, ready to serve
	 */
	public static RunningSluice start(String... properties) {
		return start(new SpringApplication(SluiceApplication.class), properties);
	}

	/**
	 * Starts the program over another network than the machine's.
	 * @param network how names are resolved, and which egress proxies there are
	 * @param properties {@code key=value} pairs
	 * @return it, ready to serve
	 */
	public static RunningSluice over(Network network, String... properties) {
		return with(Network.class, network, properties);
	}

	/**
	 * Starts the program with a part of it replaced.
	 * @param <T> the part's type
	 * @param type the part's type
	 * @param part what takes its place
	 * @param properties {@code key=value} pairs
	 * @return it, ready to serve
	 */
	public static <T> RunningSluice with(Class<T> type, T part, String... properties) {
		SpringApplication application = new SpringApplication(SluiceApplication.class);
		application.addInitializers((context) -> ((GenericApplicationContext) context).registerBean(
				"test" + type.getSimpleName(), type, () -> part, (definition) -> definition.setPrimary(true)));
		return start(application, properties);
	}

	/**
	 * Starts the program with these environment variables instead of the process's own.
	 * @param variables the variables
	 * @param properties {@code key=value} pairs
	 * @return it, ready to serve
	 */
	public static RunningSluice in(Map<String, String> variables, String... properties) {
		return start(in(variables), properties);
	}

	private static SpringApplication in(Map<String, String> variables) {
		SpringApplication application = new SpringApplication(SluiceApplication.class);
		application.addInitializers((context) -> {
			((GenericApplicationContext) context).registerBean("testEnvironment", ProcessEnvironment.class,
					() -> new ProcessEnvironment(variables), (definition) -> definition.setPrimary(true));
		});
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(SYSTEM_ENVIRONMENT,
					new SystemEnvironmentPropertySource(SYSTEM_ENVIRONMENT, Map.copyOf(variables)));
		application.setEnvironment(environment);
		return application;
	}

	/**
	 * Starts the program as a user does who has set nothing: with the credential files in
	 * that user's home directory, and these environment variables.
	 * @param home the home directory
	 * @param variables the variables
	 * @param properties {@code key=value} pairs
	 * @return it, ready to serve
	 */
	public static RunningSluice atHome(Path home, Map<String, String> variables, String... properties) {
		String own = System.getProperty("user.home");
		System.setProperty("user.home", home.toString());
		try {
			return start(in(variables), DEFAULTS, properties);
		}
		finally {
			System.setProperty("user.home", own);
		}
	}

	private static RunningSluice start(SpringApplication application, String... properties) {
		List<String> alone = new ArrayList<>(DEFAULTS);
		alone.add("--sluice.credentials.docker-config=/no/config.json");
		return start(application, alone, properties);
	}

	private static RunningSluice start(SpringApplication application, List<String> defaults, String... properties) {
		List<String> arguments = new ArrayList<>(defaults);
		for (String property : properties) {
			arguments
				.removeIf((argument) -> argument.startsWith("--" + property.substring(0, property.indexOf('=') + 1)));
			arguments.add("--" + property);
		}
		return new RunningSluice(application.run(arguments.toArray(String[]::new)));
	}

	/**
	 * Starts the program with one upstream and a credential for it.
	 * @param name what clients call the registry
	 * @param registry where it is
	 * @param dockerConfig the Docker config.json that holds the credential
	 * @param properties further {@code key=value} pairs
	 * @return it, ready to serve
	 */
	public static RunningSluice before(String name, TestRegistry registry, Path dockerConfig, String... properties) {
		List<String> all = new ArrayList<>(List.of("sluice.upstreams[0].name=" + name,
				"sluice.upstreams[0].endpoints=" + registry.url(), "sluice.credentials.docker-config=" + dockerConfig));
		all.addAll(List.of(properties));
		return start(all.toArray(String[]::new));
	}

	/**
	 * Writes a Docker config.json with one login.
	 * @param directory where
	 * @param host the {@code auths} key
	 * @param username the user name
	 * @param password the password
	 * @return the file
	 */
	public static Path dockerConfig(Path directory, String host, String username, String password) {
		try {
			return Files.writeString(directory.resolve("config.json"),
					"{\"auths\":{\"%s\":{\"username\":\"%s\",\"password\":\"%s\"}}}".formatted(host, username,
							password));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public URI uri(String path) {
		return URI.create("http://127.0.0.1:" + port("local.server.port") + path);
	}

	public URI managementUri(String path) {
		return URI.create("http://127.0.0.1:" + port("local.management.port") + path);
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/** Every singleton of the program. */
	public List<Object> beans() {
		return Stream.of(this.context.getBeanFactory().getSingletonNames())
			.map((name) -> this.context.getBeanFactory().getSingleton(name))
			.filter(Objects::nonNull)
			.toList();
	}

	@Override
	public void close() {
		this.context.close();
	}

	private String port(String property) {
		Environment environment = this.context.getEnvironment();
		return environment.getRequiredProperty(property);
	}

}
