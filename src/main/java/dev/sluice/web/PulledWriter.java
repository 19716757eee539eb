package dev.sluice.web;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import dev.sluice.oci.Digest;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.RegistryName;
import dev.sluice.pull.Body;
import dev.sluice.pull.Notes;
import dev.sluice.pull.Pulled;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContentEncoder;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * Writes what was pulled: its headers, then its bytes as they arrive, none copied but
 * those of a file that a connection can't take as one. Thread-safe.
 */
final class PulledWriter {

	private final Duration patience;

	private final Scheduler disk;

	/**
	 * A writer.
	 * @param patience how long a client may take for a body that is held in memory; the
	 * connection is closed then
	 * @param disk where files may be read
	 */
	PulledWriter(Duration patience, Scheduler disk) {
		this.patience = patience;
		this.disk = disk;
	}

	/**
	 * Writes an answer.
	 * @param exchange the exchange
	 * @param client what the client said
	 * @param pulled what it gets
	 * @param record what is noted of the request
	 * @return done when the last byte is handed to the connection; a
	 * {@link SlowClientException} if that takes too long
	 */
	Mono<Void> write(ServerWebExchange exchange, ClientRequest client, Pulled pulled, RequestRecord record) {
		ServerHttpResponse response = exchange.getResponse();
		if (pulled.content().filter(client.has()::include).isPresent()) {
			return writeNotModified(response, client, pulled);
		}
		response.setStatusCode(status(pulled));
		writeHeaders(response.getHeaders(), client, pulled);
		if (client.isHead() || pulled.length().orElse(1) == 0) {
			pulled.release();
			return response.setComplete();
		}
		return switch (pulled.body()) {
			case Body.Held held ->
				write(response, held.buffers(), record).timeout(this.patience, Mono.error(this::tooSlow));
			case Body.Buffered buffered -> write(response, buffered.buffers(), record);
			case Body.Sliced sliced -> write(response, sliced, record);
		};
	}

	private static Mono<Void> write(ServerHttpResponse response, Flux<ByteBuf> bytes, RequestRecord record) {
		NettyDataBufferFactory buffers = (NettyDataBufferFactory) response.bufferFactory();
		Flux<ByteBuf> counted = new PacedBody(bytes, channel(response))
			.doOnNext((buffer) -> record.sent(buffer.readableBytes()))
			.doOnCancel(record::abandoned);
		return response.writeWith(counted.map(buffers::wrap));
	}

	/** However it goes out, the response begins at once. */
	private Mono<Void> write(ServerHttpResponse response, Body.Sliced body, RequestRecord record) {
		Channel client = channel(response);
		if (takesFiles(client)) {
			return write(response, body.pieces(), client, record);
		}
		Flux<ByteBuf> read = new ReadPieces(body.pieces(), client.alloc(), this.disk);
		return write(response, read.startWith(Unpooled.EMPTY_BUFFER), record);
	}

	/** What encrypts or compresses must see the bytes. */
	private static boolean takesFiles(Channel client) {
		ChannelPipeline pipeline = client.pipeline();
		return pipeline.get(HttpServerCodec.class) != null && pipeline.get(SslHandler.class) == null
				&& pipeline.get(HttpContentEncoder.class) == null;
	}

	/**
	 * Spring and Reactor Netty write buffers alone: an empty one begins the response, and
	 * the pieces go out between it and the end, the next once the kernel has taken one.
	 */
	private static Mono<Void> write(ServerHttpResponse response, Flux<Body.Piece> pieces, Channel client,
			RequestRecord record) {
		Flux<Body.Piece> counted = pieces.doOnNext((piece) -> record.sent(piece.count())).doOnCancel(record::abandoned);
		Flux<DataBuffer> rest = new WrittenPieces(counted, client);
		return response.writeWith(rest.startWith(response.bufferFactory().wrap(new byte[0])));
	}

	/** Its headers are those that could have changed (RFC 9110, 15.4.5). */
	private static Mono<Void> writeNotModified(ServerHttpResponse response, ClientRequest client, Pulled pulled) {
		pulled.release();
		response.setStatusCode(HttpStatus.NOT_MODIFIED);
		writeOrigin(response.getHeaders(), client, pulled);
		pulled.content().ifPresent((digest) -> writeDigest(response.getHeaders(), digest));
		return response.setComplete();
	}

	private SlowClientException tooSlow() {
		return new SlowClientException("the client took longer than " + this.patience.toSeconds() + " s");
	}

	private static Channel channel(ServerHttpResponse response) {
		HttpServerResponse server = ServerHttpResponseDecorator.getNativeResponse(response);
		AtomicReference<@Nullable Channel> channel = new AtomicReference<>();
		server.withConnection((connection) -> channel.set(connection.channel()));
		return Objects.requireNonNull(channel.get());
	}

	private static HttpStatusCode status(Pulled pulled) {
		return switch (pulled) {
			case Pulled.Blob blob when blob.part().isPresent() -> HttpStatus.PARTIAL_CONTENT;
			case Pulled.Elsewhere elsewhere -> HttpStatusCode.valueOf(elsewhere.kind().status());
			case Pulled.Blob _, Pulled.Manifest _, Pulled.Listing _, Pulled.Local _ -> HttpStatus.OK;
		};
	}

	private static void writeHeaders(HttpHeaders headers, ClientRequest client, Pulled pulled) {
		writeOrigin(headers, client, pulled);
		pulled.length().ifPresent(headers::setContentLength);
		switch (pulled) {
			case Pulled.Blob blob -> {
				writeDigest(headers, blob.digest());
				headers.set(HttpHeaders.CONTENT_TYPE, MediaTypes.BLOB);
				headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
				blob.part().ifPresent((part) -> headers.set(HttpHeaders.CONTENT_RANGE, part.toString()));
			}
			case Pulled.Manifest manifest -> {
				writeDigest(headers, manifest.digest());
				headers.set(HttpHeaders.CONTENT_TYPE, manifest.mediaType());
			}
			case Pulled.Elsewhere elsewhere -> {
				writeDigest(headers, elsewhere.digest());
				headers.set(HttpHeaders.CONTENT_TYPE, MediaTypes.BLOB);
				headers.set(HttpHeaders.LOCATION, elsewhere.location());
			}
			case Pulled.Listing listing -> headers.set(HttpHeaders.CONTENT_TYPE, listing.mediaType());
			case Pulled.Local local -> headers.set(HttpHeaders.CONTENT_TYPE, local.mediaType());
		}
	}

	/** What is said beside the content, also where it isn't sent. */
	private static void writeOrigin(HttpHeaders headers, ClientRequest client, Pulled pulled) {
		headers.set("Docker-Distribution-Api-Version", "registry/2.0");
		writeNotes(headers, client, pulled.notes());
		client.namespace()
			.filter((ns) -> RegistryName.tryParse(ns).isPresent())
			.ifPresent((ns) -> headers.set("OCI-Namespace", ns));
	}

	private static void writeDigest(HttpHeaders headers, Digest digest) {
		headers.set("Docker-Content-Digest", digest.toString());
		headers.setETag(EntityTags.of(digest));
	}

	private static void writeNotes(HttpHeaders headers, ClientRequest client, Notes notes) {
		headers.addAll(HttpHeaders.WARNING, notes.warnings());
		notes.cacheControl().ifPresent((value) -> headers.set(HttpHeaders.CACHE_CONTROL, value));
		notes.lastModified().ifPresent((value) -> headers.set(HttpHeaders.LAST_MODIFIED, value));
		notes.filtersApplied().ifPresent((value) -> headers.set("OCI-Filters-Applied", value));
		notes.nextPage().flatMap(client::pageLink).ifPresent((link) -> headers.set(HttpHeaders.LINK, link));
	}

}
