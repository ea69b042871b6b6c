using Pipeline.Caching;
using Pipeline.DataSets;

namespace Pipeline.Flow;

/// <summary>What the stages of all studies of a command share.</summary>
/// <param name="Code">Their code.</param>
/// <param name="Library">The data sets.</param>
/// <param name="DependsOn">What the results of a backend, given by its name, depend on besides the code of Train.</param>
internal sealed record StageContext(StageCode Code, DataSetLibrary Library, Func<string, KeyPart> DependsOn);
