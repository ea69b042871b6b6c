using System.Collections.Concurrent;
using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.DataSets;

namespace Pipeline.Flow;

/// <summary>What the stages of all studies of a command share.</summary>
/// <param name="Code">Their code.</param>
/// <param name="Library">The data sets.</param>
/// <param name="DependsOn">What the results of a backend, given by its name, depend on besides the code of Train.</param>
internal sealed record StageContext(StageCode Code, DataSetLibrary Library, Func<string, KeyPart> DependsOn)
{
    private readonly ConcurrentDictionary<string, KeyPart> trainCode = new(StringComparer.Ordinal);
    private Func<Parameters, KeyPart>? ofRun;

    /// <summary>Gives the code that trains a run of some parameters; one piece for all runs, of which there may be many.</summary>
    public Func<Parameters, KeyPart> TrainCode => ofRun ??= OfRun;

    private KeyPart OfRun(Parameters spec)
    {
        // Operations are named by texts; many runs of a grid differ in numbers alone, and names take long to read.
        var texts = spec.Keys.Select(key => spec[key]).Where(value => value.IsText).Select(value => value.Json);
        return trainCode.GetOrAdd(string.Join('\n', texts), _ => Code.Train(StudyOperations.Train(spec)));
    }
}
