using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Stages.Expand;

namespace Pipeline.Execution;

/// <content>Reads studies; a study that was read before is taken from the cache, which is faster than to parse its YAML.</content>
public sealed partial class Session
{
    private readonly Lazy<Vocabulary> vocabulary;
    private string? vocabularyDigest;

    private Plan Expand(string path, StudyOverrides overrides)
    {
        var source = StudySource.Load(Studies.Shown(options.CallerDirectory, path));
        vocabularyDigest ??= Digest.Of(StudyVocabulary.Text(vocabulary.Value));
        var parameters = Parameters.Of(
        [
            new("only", Scalar.Of(string.Join('\n', overrides.Only))),
            new("set", Scalar.Of(string.Join('\n', overrides.Set))),
        ]);
        var key = new StageKey("expand", parameters, KeyPart.Of([new("study", source.Digest), new("vocabulary", vocabularyDigest)]), code.Expand);
        if (cache.TryGet(key.Digest, out var manifest, out _) && cache.TryRead(manifest.Outputs["plan"].Digest) is { } bytes)
            return ArtifactEncoding.DecodePlan(bytes) with { Study = source.Name };
        var plan = Expanded(source, overrides);
        // The name is no part of a key, so it isn't part of what is stored.
        cache.Put(key, [new("plan", cache.Put(ArtifactEncoding.Encode(plan with { Study = "" })))]);
        return plan;
    }

    private Plan Expanded(StudySource source, StudyOverrides overrides)
    {
        try
        {
            return Expander.Expand(source, vocabulary.Value, overrides);
        }
        catch (StudyException e) when (e.Message.StartsWith("--", StringComparison.Ordinal))
        {
            throw new PipelineException($"{e.Message.TrimEnd('.')} (study {source.Name}; name studies with --experiment=<name>).", e);
        }
    }
}
