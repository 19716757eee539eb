package dev.sluice.transport;

import java.io.IOException;
import java.time.Duration;

import dev.sluice.oci.UpstreamException.InvalidAnswer;
import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Answers that are coded on their way (RFC 9112, 6.1).
 */
class TransferCodingTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String CHUNKS = "5\r\nright\r\n0\r\n\r\n";

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			gzip, chunked          | gzip, chunked
			GZIP,chunked           | gzip, chunked
			gzip                   | gzip
			x-gzip;q=1, chunked    | something unknown, chunked
			deflate                | deflate
			identity, br, chunked  | br, chunked
			s3cret, chunked        | something unknown, chunked
			""")
	void areRefusedWhereTheyAreCodedInMoreThanChunks(String line, String told) throws IOException {
		try (RawUpstream upstream = answering(line);
				NettyTransport transport = upstream.transport(Settings.pool(1, 4, PATIENCE))) {
			for (HttpMethod method : new HttpMethod[] { HttpMethod.GET, HttpMethod.HEAD }) {
				OutboundRequest request = LoopbackUpstream.request(method, upstream.get("/").url());
				assertThatExceptionOfType(InvalidAnswer.class)
					.isThrownBy(() -> transport.send(request).flatMap((answer) -> answer.bytes(99)).block(PATIENCE))
					.withMessage(upstream.origin() + ": encodes its answer (Transfer-Encoding: " + told
							+ ") though asked not to");
			}
			assertThat(upstream.connections).hasValue(2);
		}
	}

	/** Where such an answer ends nobody can say. */
	@ParameterizedTest
	@ValueSource(strings = { "chunked, gzip", "chunked, chunked", "chunked\r\nTransfer-Encoding: gzip" })
	void areNoHttpWhereChunksComeNotLast(String codings) throws IOException {
		try (RawUpstream upstream = answering(codings);
				NettyTransport transport = upstream.transport(Settings.pool(1, 4, PATIENCE))) {
			assertThatExceptionOfType(InvalidAnswer.class)
				.isThrownBy(() -> transport.send(upstream.get("/")).block(PATIENCE));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "chunked", "Chunked", " chunked ,", "identity, chunked" })
	void areReadWhereTheyComeInChunks(String codings) throws IOException {
		try (RawUpstream upstream = answering(codings);
				NettyTransport transport = upstream.transport(Settings.pool(1, 4, PATIENCE))) {
			for (int i = 0; i < 2; i++) {
				assertThat(transport.send(upstream.get("/")).flatMap((answer) -> answer.bytes(99)).block(PATIENCE))
					.asString()
					.isEqualTo("right");
			}
			assertThat(upstream.connections).hasValue(1);
		}
	}

	private static RawUpstream answering(String codings) throws IOException {
		return new RawUpstream((self, socket) -> {
			for (String head = RawUpstream.readHead(socket); !head.isEmpty(); head = RawUpstream.readHead(socket)) {
				RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + codings + "\r\n\r\n"
						+ (head.startsWith("HEAD") ? "" : CHUNKS));
			}
		});
	}

}
