package dev.sluice.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.sluice.testing.TestCertificates;
import dev.sluice.testing.registries.Condition;
import dev.sluice.testing.registries.PersonalRegistry;
import dev.sluice.testing.registries.Personalities;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every registry × every kind of credential × every operation, with the right credential,
 * a wrong one and an expired one: what the client notices, and what the registry saw. The
 * matrix is printed at the end, and is in {@code target/registry-matrix.md}. Cells come
 * kind by kind: one Sluice serves all registries with one kind of credential.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryMatrixTests {

	private final Matrix matrix = new Matrix();

	private final Path directory;

	private final TestCertificates certificates;

	private final List<PersonalRegistry> registries;

	private @Nullable CredentialKind kind;

	private @Nullable Scene scene;

	RegistryMatrixTests(@TempDir Path directory) {
		this.directory = directory;
		this.certificates = TestCertificates.in(directory);
		this.registries = Personalities.ALL.stream()
			.map((personality) -> PersonalRegistry.start(personality, this.certificates))
			.toList();
	}

	@ParameterizedTest(name = "{0}, {1}, {2}")
	@MethodSource("cells")
	void pullsWithWhatIsAcceptedAndSaysWhatIsNot(CredentialKind wanted, String name, Condition condition)
			throws Exception {
		PersonalRegistry registry = registry(name);
		String reason = Cell.reason(wanted, registry.personality());
		if (!reason.isEmpty()) {
			this.matrix.explain(wanted, registry.personality(), reason);
			return;
		}
		Scene now = sceneOf(wanted);
		Entry entry = now.entries().get(Entry.host(registry.personality(), condition));
		assertThat(entry).isNotNull();
		registry.forget();
		Cell cell = new Cell(wanted, registry, condition, now);
		if (condition == Condition.RIGHT) {
			this.matrix.note(wanted, registry.personality(), condition, cell.served(entry));
		}
		else if (wanted instanceof Nobody) {
			cell.refusedAsNobody();
		}
		else {
			this.matrix.note(wanted, registry.personality(), condition, cell.refused(entry));
		}
	}

	private Scene sceneOf(CredentialKind wanted) throws IOException {
		Scene now = this.scene;
		if (now != null && wanted.equals(this.kind)) {
			return now;
		}
		closeScene();
		Scene next = Scene.start(wanted, this.registries, this.certificates,
				Files.createTempDirectory(this.directory, "kind"));
		this.kind = wanted;
		this.scene = next;
		return next;
	}

	private PersonalRegistry registry(String name) {
		return this.registries.stream()
			.filter((registry) -> registry.personality().name().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private static Stream<Arguments> cells() {
		return CredentialKinds.ALL.stream()
			.flatMap((kind) -> Personalities.ALL.stream()
				.flatMap((personality) -> kind.conditions()
					.stream()
					.map((condition) -> Arguments.of(kind, personality.name(), condition))));
	}

	private void closeScene() {
		Scene last = this.scene;
		this.scene = null;
		if (last != null) {
			last.close();
		}
	}

	@AfterAll
	void printAndClose() throws IOException {
		closeScene();
		this.registries.forEach(PersonalRegistry::close);
		System.out.println(this.matrix.write());
	}

}
