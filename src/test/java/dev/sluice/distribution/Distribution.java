package dev.sluice.distribution;

import dev.sluice.testing.SignedTokenServer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * CNCF distribution 3 in a container, private: with htpasswd or with tokens.
 */
final class Distribution extends GenericContainer<Distribution> {

	/** The one user of {@code distribution/htpasswd} among the test resources. */
	static final String USER = "robot";

	/** Its password. */
	static final String PASSWORD = "s3cret";

	private static final DockerImageName IMAGE = DockerImageName.parse("registry:3");

	private static final String CONFIGURATION = """
			version: 0.1
			log: { level: info }
			storage: { filesystem: { rootdirectory: /var/lib/registry } }
			http: { addr: ":5000", headers: { X-Content-Type-Options: [nosniff] } }
			""";

	private static final String HTPASSWD = "auth: { htpasswd: { realm: test, path: /etc/distribution/htpasswd } }\n";

	private Distribution(String furtherConfiguration) {
		super(IMAGE);
		withCopyToContainer(Transferable.of(CONFIGURATION + furtherConfiguration), "/etc/distribution/config.yml");
		withEnv("OTEL_TRACES_EXPORTER", "none");
		withExposedPorts(5000);
		waitingFor(Wait.forHttp("/").forPort(5000));
	}

	/** Asks for a password by Basic, gives blobs itself. */
	static Distribution withPassword() {
		return new Distribution(HTPASSWD).withCopyToContainer(
				MountableFile.forClasspathResource("distribution/htpasswd"), "/etc/distribution/htpasswd");
	}

	/** Asks for a password by Basic, sends clients elsewhere for blobs. */
	static Distribution withPasswordRedirectingTo(String url) {
		return new Distribution(HTPASSWD
				+ "middleware: { storage: [{ name: redirect, options: { baseurl: \"%s\" } }] }\n".formatted(url))
			.withCopyToContainer(MountableFile.forClasspathResource("distribution/htpasswd"),
					"/etc/distribution/htpasswd");
	}

	/** Believes the tokens of a token server. */
	static Distribution withTokensOf(SignedTokenServer tokens) {
		String configuration = """
				auth:
				  token:
				    realm: %s
				    service: %s
				    issuer: %s
				    rootcertbundle: /etc/distribution/signer.pem
				""".formatted(tokens.realm(), SignedTokenServer.SERVICE, SignedTokenServer.ISSUER);
		return new Distribution(configuration).withCopyToContainer(Transferable.of(tokens.certificate()),
				"/etc/distribution/signer.pem");
	}

	/** {@code host:port} as clients write it. */
	String authority() {
		return getHost() + ":" + getMappedPort(5000);
	}

	/** Scheme, host and port, with no slash at the end. */
	String url() {
		return "http://" + authority();
	}

}
