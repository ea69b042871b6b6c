using Pipeline.Artifacts;
using Pipeline.Caching;

namespace Pipeline.Executors.Slurm;

/// <summary>What a node stored of a run.</summary>
internal static class StoredResult
{
    /// <summary>Reads it.</summary>
    /// <param name="key">The run's key.</param>
    /// <param name="cache">Where it is.</param>
    /// <exception cref="PipelineException">It isn't there any more.</exception>
    public static RunResult Of(StageKey key, DirectoryCache cache) =>
        cache.TryGet(key.Digest, out var manifest, out _)
        && cache.TryRead(manifest.Outputs[DirectoryCache.OnlyOutput].Digest) is { } bytes
            ? ArtifactEncoding.DecodeRunResult(bytes)
            : throw new PipelineException(
                $"The result of {key.Digest} has vanished from {cache.Folder}: run the command again."
            );
}
