package dev.sluice.testing.jvm;

import io.netty.util.ResourceLeakDetectorFactory;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import reactor.blockhound.BlockHound;

/**
 * Readies the JVM before JUnit loads the first test, because Netty makes its leak
 * detectors when its classes load and BlockHound must see Reactor's schedulers start. Let
 * off are Netty's own allocator, which waits for a lock of a few instructions, and
 * Jackson's making of a serializer, once for each type; and the mock of Kubernetes' API
 * server, which waits on its own event loops.
 */
public final class TestJvmSetup implements LauncherSessionListener {

	private static final String MOCK_API_SERVER = "vert.x-";

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ListeningLeakDetectorFactory());
		BlockHound.builder()
			.loadIntegrations()
			.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
			.allowBlockingCallsInside("tools.jackson.databind.deser.DeserializerCache",
					"_createAndCacheValueDeserializer")
			.allowBlockingCallsInside("tools.jackson.databind.ser.SerializerCache", "_createAndCacheUntypedSerializer")
			.nonBlockingThreadPredicate(
					(nonBlocking) -> nonBlocking.and((thread) -> !thread.getName().startsWith(MOCK_API_SERVER)))
			.install();
	}

}
