package dev.sluice.transport;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sluice.oci.OverloadException.Overloaded;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpResources;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Connections that are shared out among event loops are all to be had on each of them.
 */
class LocalPoolsTests {

	private static final int SIZE = 35;

	@Test
	void oneLoopMayUseAllConnectionsAndNotOneMore() throws Exception {
		AtomicInteger connections = new AtomicInteger();
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			connections.incrementAndGet();
			RawUpstream.readHead(socket);
			RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabcd");
			self.awaitClose(socket);
		}); NettyTransport transport = upstream.transport(Settings.pool(SIZE, 64, Duration.ofSeconds(1)))) {
			EventLoop loop = HttpResources.get().onServer(true).next();
			List<Answer> answers = Flux.range(0, SIZE)
				.flatMap((i) -> transport.send(upstream.get("/" + i)).subscribeOn(Schedulers.fromExecutor(loop)), SIZE)
				.collectList()
				.block(Duration.ofSeconds(10));
			assertThat(answers).hasSize(SIZE);
			assertThat(connections).hasValue(SIZE);
			assertThatExceptionOfType(Overloaded.class)
				.isThrownBy(() -> transport.send(upstream.get("/")).block(Duration.ofSeconds(10)));
			answers.forEach((answer) -> ((NettyAnswer) answer).close());
		}
	}

	@Test
	void oneLoopMayUseTheWholeQueue() throws Exception {
		CompletableFuture<Boolean> asked = new CompletableFuture<>();
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			asked.join();
			while (!RawUpstream.readHead(socket).isEmpty()) {
				RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
			}
		}); NettyTransport transport = upstream.transport(Settings.pool(SIZE, 64, Duration.ofSeconds(10)))) {
			EventLoop loop = HttpResources.get().onServer(true).next();
			Future<? extends @Nullable List<Answer>> answers = Flux.range(0, SIZE + 60)
				.flatMap((i) -> transport.send(upstream.get("/" + i)).doOnNext(Answer::release), SIZE + 60)
				.collectList()
				.subscribeOn(Schedulers.fromExecutor(loop))
				.toFuture();
			loop.submit(() -> asked.complete(true)).get();
			assertThat(answers.get(20, TimeUnit.SECONDS)).hasSize(SIZE + 60);
		}
	}

	@Test
	void aLoopsRequestsStayOnItsOwnConnections() throws Exception {
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			while (!RawUpstream.readHead(socket).isEmpty()) {
				RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd");
			}
		}); NettyTransport transport = upstream.transport(TransportSettings.defaults())) {
			for (int i = 0; i < 8; i++) {
				EventLoop loop = HttpResources.get().onServer(true).next();
				Mono<Boolean> stayed = Mono.defer(() -> transport.send(upstream.get("/")))
					.flatMapMany((answer) -> answer.body().map((buffer) -> {
						buffer.release();
						return loop.inEventLoop();
					}))
					.all((own) -> own)
					.subscribeOn(Schedulers.fromExecutor(loop));
				StepVerifier.create(stayed).expectNext(true).expectComplete().verify(Duration.ofSeconds(10));
			}
		}
	}

	@Test
	void requestsOfNoLoopSpreadOverTheLoops() throws Exception {
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			while (!RawUpstream.readHead(socket).isEmpty()) {
				RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd");
			}
		}); NettyTransport transport = upstream.transport(TransportSettings.defaults())) {
			Set<Thread> loops = ConcurrentHashMap.newKeySet();
			for (int i = 0; i < 4; i++) {
				transport.send(upstream.get("/")).flatMapMany(Answer::body).doOnNext((buffer) -> {
					loops.add(Thread.currentThread());
					buffer.release();
				}).blockLast(Duration.ofSeconds(10));
			}
			assertThat(loops).hasSizeGreaterThan(1);
		}
	}

}
