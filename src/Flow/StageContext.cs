using Pipeline.DataSets;

namespace Pipeline.Flow;

/// <summary>What the stages of all studies of a command share.</summary>
/// <param name="Code">Their code.</param>
/// <param name="Library">The data sets.</param>
internal sealed record StageContext(StageCode Code, DataSetLibrary Library);
