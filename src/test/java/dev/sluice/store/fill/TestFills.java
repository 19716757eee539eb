package dev.sluice.store.fill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.sluice.oci.Digest;
import dev.sluice.store.disk.BlobFiles;
import dev.sluice.store.disk.DiskState;
import dev.sluice.store.disk.NewFile;
import dev.sluice.store.disk.StoreDirectory;
import dev.sluice.store.disk.StoredBlob;
import dev.sluice.store.space.Space;
import dev.sluice.store.space.SpaceLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.awaitility.Awaitility.await;

/**
 * Fills into a directory of its own, from an upstream that answers as told.
 */
final class TestFills implements AutoCloseable {

	static final Duration SOON = Duration.ofSeconds(20);

	static final byte[] CONTENT = bytes(3_000_000);

	static final Digest DIGEST = Digest.of(Digest.Algorithm.SHA256, CONTENT);

	private final StoreDirectory directory;

	private final BlobFiles blobs;

	private final DiskState disk;

	private final Fills fills;

	private final HeardFills listener = new HeardFills();

	/** From which bytes on the upstream was asked. */
	private final List<Long> asked = new CopyOnWriteArrayList<>();

	TestFills(Path root) throws Exception {
		this(root, NewFile.PRIVATE, SpeedLimit.DEFAULT);
	}

	TestFills(Path root, NewFile newFile, SpeedLimit limit) throws Exception {
		this(root, newFile, limit, new SpaceLimits(Long.MAX_VALUE, 0, Long.MAX_VALUE, Duration.ZERO));
	}

	TestFills(Path root, NewFile newFile, SpeedLimit limit, SpaceLimits room) throws Exception {
		this.directory = StoreDirectory.open(root, Duration.ZERO);
		Space space = new Space(this.directory, room, newFile);
		this.blobs = space.blobs();
		this.disk = new DiskState(this.directory);
		this.fills = new Fills(space, this.disk, 2, limit, this.listener);
	}

	BlobFiles blobs() {
		return this.blobs;
	}

	DiskState disk() {
		return this.disk;
	}

	Fills fills() {
		return this.fills;
	}

	HeardFills heard() {
		return this.listener;
	}

	List<Long> asked() {
		return this.asked;
	}

	Fill begin(Digest digest, Supply supply) throws IOException {
		Optional<Fill> joined = this.fills.join(digest);
		return joined.isPresent() ? joined.get() : this.fills.begin(digest, (offset) -> {
			this.asked.add(offset);
			return supply.from(offset);
		}).orElseThrow();
	}

	static Supply answering() {
		return answering(Flux.defer(() -> Flux.fromIterable(pieces(CONTENT, 0))), CONTENT.length);
	}

	static Supply answering(Flux<ByteBuf> bytes, long length) {
		return (offset) -> portion(offset, OptionalLong.of(length), bytes);
	}

	static Mono<Supply.Portion> portion(long offset, OptionalLong length, Flux<ByteBuf> bytes) {
		return Mono.just(new Supply.Portion(offset, length, bytes, () -> {
		}));
	}

	byte[] kept(Digest digest) throws IOException {
		await().atMost(SOON).until(() -> this.fills.join(digest).map((fill) -> {
			fill.release();
			return false;
		}).orElse(true));
		StoredBlob blob = this.blobs.open(digest).orElseThrow();
		return bytes(new FileSlice(blob.file(), 0, blob.length()));
	}

	static Mono<byte[]> read(Fill fill, long first, long end) {
		return fill.read(first, end).map(TestFills::bytes).collectList().map((all) -> {
			ByteBuffer whole = ByteBuffer.allocate(all.stream().mapToInt((bytes) -> bytes.length).sum());
			all.forEach(whole::put);
			return whole.array();
		});
	}

	static Flux<Long> bytesRead(Fill fill) {
		return fill.read(0, Long.MAX_VALUE).map((slice) -> {
			slice.release();
			return slice.count();
		});
	}

	static byte[] bytes(FileSlice slice) {
		ByteBuffer bytes = ByteBuffer.allocate((int) slice.count());
		try {
			slice.file().channel().read(bytes, slice.position());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		slice.release();
		return bytes.array();
	}

	static List<ByteBuf> pieces(byte[] content, int from) {
		List<ByteBuf> pieces = new ArrayList<>();
		for (int at = from; at < content.length; at += 100_000) {
			pieces.add(Unpooled.copiedBuffer(content, at, Math.min(100_000, content.length - at)));
		}
		return pieces;
	}

	static byte[] bytes(int count) {
		byte[] bytes = new byte[count];
		new Random(7).nextBytes(bytes);
		return bytes;
	}

	@Override
	public void close() throws IOException {
		this.fills.close();
		this.directory.close();
	}

}
