namespace Pipeline.Benchmarks;

/// <summary>What was measured of an engine that prepared data.</summary>
/// <param name="Seconds">The time it took.</param>
/// <param name="PeakBytes">The most memory that its process held, pages of mapped files included.</param>
/// <param name="FileBytes">The length of the file that it wrote.</param>
/// <param name="MeanSquare">
/// The mean square of the features of all rows but the training split: tells whether both engines did the same.
/// </param>
internal readonly record struct Preparation(double Seconds, long PeakBytes, long FileBytes, double MeanSquare);
