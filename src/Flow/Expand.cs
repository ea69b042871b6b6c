using System.Text.Json;
using Pipeline.Artifacts;
using Pipeline.Stages.Expand;

namespace Pipeline.Flow;

/// <summary>First stage: a study's file → its plan, every run spelled out. It is cached because that is faster than parsing YAML.</summary>
internal static class Expand
{
    private const string PlanOutput = "plan";

    /// <summary>The stage that spells out a study.</summary>
    /// <param name="source">The study's files.</param>
    /// <param name="overrides">What the command line changes.</param>
    /// <param name="vocabulary">The names that studies may use.</param>
    /// <param name="code">The code that reads studies.</param>
    public static Stage Of(StudySource source, StudyOverrides overrides, StudyVocabulary vocabulary, StageCode code)
    {
        var (only, set) = (string.Join('\n', overrides.Only), string.Join('\n', overrides.Set));
        return new()
        {
            Name = "expand",
            Slot = $"expand {source.Digest} {only} {set}",
            Spec = Parameters.Of([new("only", Scalar.Of(only)), new("set", Scalar.Of(set))]),
            Inputs = [StageInput.Of("study", source.Digest), StageInput.Of("vocabulary", vocabulary.Digest)],
            Code = _ => code.Expand,
            // The name is no part of a key, so it isn't part of what is stored.
            Make = _ => new Dictionary<string, byte[]>(StringComparer.Ordinal)
            {
                [PlanOutput] = ArtifactEncoding.Encode(
                    Expanded(source, overrides, vocabulary.Names) with
                    {
                        Study = "",
                    }
                ),
            },
        };
    }

    /// <summary>The plan among the outputs of the stage.</summary>
    /// <exception cref="PipelineException">The entry was written with something else in the plan's place.</exception>
    public static Plan Read(Evaluated expanded, StudySource source)
    {
        try
        {
            return ArtifactEncoding.DecodePlan(expanded.Files![PlanOutput]) with { Study = source.Name };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException)
        {
            var key = expanded.Key!.Digest;
            throw new PipelineException(
                $"The cache entry {key} holds no plan: remove ac/{key[..2]}/{key} from the cache.",
                e
            );
        }
    }

    /// <summary>A study as it is after <c>extends:</c>, defaults and overrides, see <see cref="Expander.Resolved"/>.</summary>
    public static string Resolved(StudySource source, StudyOverrides overrides, Vocabulary names) =>
        Named(source, () => Expander.Resolved(source, names, overrides));

    private static Plan Expanded(StudySource source, StudyOverrides overrides, Vocabulary names) =>
        Named(source, () => Expander.Expand(source, names, overrides));

    // What is wrong with an option is told with the study that it doesn't fit.
    private static T Named<T>(StudySource source, Func<T> expand)
    {
        try
        {
            return expand();
        }
        catch (StudyException e) when (e.Message.StartsWith("--", StringComparison.Ordinal))
        {
            throw new PipelineException(
                $"{e.Message.TrimEnd('.')} (study {source.Name}; name studies with --experiment=<name>).",
                e
            );
        }
    }
}
