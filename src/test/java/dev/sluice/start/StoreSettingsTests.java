package dev.sluice.start;

import java.nio.file.Path;
import java.util.stream.Stream;

import dev.sluice.testing.RunningSluice;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static dev.sluice.start.WrittenSettings.assertOneLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What may be said of the store, and how the start says what may not.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class StoreSettingsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"store.size=1GB | store.size = '1GB' won't do: there is no such property; there are enabled, max-age, max-blob-size, max-fills, max-size, min-free-disk, path",
			"store.max-size.bytes=1 | store.max-size.bytes = '1' won't do: there is nothing beneath sluice.store.max-size",
			"freshness.recheck=1h | freshness.recheck = '1h' won't do: there is no such property; there are access-recheck, serve-stale",
			"store.enabled=maybe | store.enabled = 'maybe' won't do: expected true or false",
			"store.path=~other/cache | store.path = '~other/cache' won't do: only ~ itself is a home directory",
			"store.path=file:/cache | store.path = 'file:/cache' won't do: expected a path, without anything before it",
			"store.path=$HOME/cache | store.path = '$HOME/cache' won't do: a variable is written ${NAME}",
			"store.max-size=lots | store.max-size = 'lots' won't do: expected a size, such as 20GB or 512MiB",
			"store.max-size=-5GB | store.max-size = '-5GB' won't do: expected a size, such as 20GB or 512MiB",
			"store.max-size=9999999999TB | store.max-size = '9999999999TB' won't do: expected a size, such as",
			"store.max-size=20 | store.max-size = '20' won't do: expected 1MB or more, for a number without a unit is bytes",
			"store.max-size=0 | store.max-size = '0' won't do: expected 1MB or more, for a number without a unit is bytes; sluice.store.enabled=false turns the store off",
			"store.min-free-disk=10 | store.min-free-disk = '10' won't do: expected 1MB or more, for a number without a unit is bytes, or 0 for no bound",
			"store.max-blob-size=5 | store.max-blob-size = '5' won't do: expected 1MB or more",
			"store.max-age=30 | store.max-age = '30' won't do: its unit is missing: write it as in 30s",
			"store.max-age=-1h | store.max-age = '-1h' won't do: expected 0 or more, such as 24h",
			"store.max-age=10m | store.max-age = '10m' won't do: expected 1h or more, or 0 for as long as there is room",
			"store.max-age=9999d | store.max-age = '9999d' won't do: expected ten years (3650d) at most",
			"store.max-fills=0 | store.max-fills = '0' won't do: expected 1 or more, and 1000 at most",
			"store.max-fills=1001 | store.max-fills = '1001' won't do: expected 1 or more, and 1000 at most",
			"store.max-fills=many | store.max-fills = 'many' won't do: expected a whole number",
			"freshness.access-recheck=-1h | freshness.access-recheck = '-1h' won't do: expected 0 or more, such as 24h",
			"freshness.access-recheck=soon | freshness.access-recheck = 'soon' won't do: expected a duration, such as 30s",
			"freshness.access-recheck=8d | freshness.serve-stale = '7d' won't do: expected no less than sluice.freshness.access-recheck, which is 8d",
			"freshness.serve-stale=90m | freshness.serve-stale = '90m' won't do: expected no less than sluice.freshness.access-recheck, which is 1d" })
	void refusesInOneLineWhatWontDo(String property, String line, CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice.start("sluice." + property).close());
		assertOneLine(output, "sluice." + line);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2GB", "1.5GB" })
	void refusesABlobLargerThanTheStore(String size, CapturedOutput output) {
		assertThatException().isThrownBy(
				() -> RunningSluice.start("sluice.store.max-size=1GiB", "sluice.store.max-blob-size=" + size).close());
		assertOneLine(output, "sluice.store.max-blob-size = '" + size
				+ "' won't do: expected no more than sluice.store.max-size, which is 1GiB");
	}

	/** Whatever is left empty has its default. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "max-size=20GB | 20GB at most", "max-size=20G | 20GB at most", "max-size=20 gb | 20GB at most",
					"max-size=512MiB | 512MiB at most", "max-size=20Gi | 20GiB at most",
					"max-size=5000000 | 5MB at most", "max-size= | GB at most", "max-blob-size= | GB at most",
					"max-age= | GB at most", "max-age=30d | GB at most", "max-age=0 | GB at most",
					"min-free-disk=0 | GB at most", "max-fills=1 | GB at most" })
	void saysHowLargeItMayGet(String property, String said, @TempDir Path directory, CapturedOutput output) {
		start(directory, "sluice.store." + property);
		assertThat(line(output)).singleElement()
			.asString()
			.contains("Store: " + directory.resolve("store") + ", ")
			.endsWith(said);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "36h, 36h", "1h, 3650d" })
	void takesAnyWordThatLastsNoLongerWithoutItsUpstreamThanWithIt(String recheck, String stale,
			@TempDir Path directory, CapturedOutput output) {
		start(directory, "sluice.freshness.access-recheck=" + recheck, "sluice.freshness.serve-stale=" + stale);
		assertThat(line(output)).hasSize(1);
	}

	private static void start(Path directory, String... properties) {
		Stream<String> all = Stream.concat(Stream.of("logging.level.dev.sluice.wiring.StartReport=info",
				"sluice.store.enabled=true", "sluice.store.path=" + directory.resolve("store")), Stream.of(properties));
		RunningSluice.start(all.toArray(String[]::new)).close();
	}

	private static Stream<String> line(CapturedOutput output) {
		return output.getOut().lines().filter((line) -> line.contains("Store: "));
	}

}
