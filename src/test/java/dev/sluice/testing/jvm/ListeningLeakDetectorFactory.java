package dev.sluice.testing.jvm;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;

/**
 * Makes leak detectors that tell {@link LeakedBuffers} what they would log otherwise.
 * Thread-safe.
 */
final class ListeningLeakDetectorFactory extends ResourceLeakDetectorFactory {

	@Override
	@SuppressWarnings("deprecation")
	public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval,
			long maxActive) {
		return new ListeningLeakDetector<>(resource, samplingInterval);
	}

	private static final class ListeningLeakDetector<T> extends ResourceLeakDetector<T> {

		ListeningLeakDetector(Class<T> resource, int samplingInterval) {
			super(resource, samplingInterval);
		}

		@Override
		protected boolean needReport() {
			return true;
		}

		@Override
		protected void reportTracedLeak(String resourceType, String records) {
			LeakedBuffers.add(resourceType + " leaked." + records);
		}

		@Override
		protected void reportUntracedLeak(String resourceType) {
			LeakedBuffers.add(resourceType + " leaked.");
		}

	}

}
