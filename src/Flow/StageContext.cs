using Pipeline.Caching;
using Pipeline.DataSets;

namespace Pipeline.Flow;

/// <summary>What the stages of all studies of a command share.</summary>
/// <param name="Code">Their code.</param>
/// <param name="Library">The data sets.</param>
/// <param name="Backend">What the results of runs depend on besides our code.</param>
internal sealed record StageContext(StageCode Code, DataSetLibrary Library, KeyPart Backend);
