namespace Pipeline.Stages.Train;

/// <summary>What metrics see of a run after its training.</summary>
/// <param name="Logits">Those of the test split, a row-major matrix [rows, classes] of finite numbers.</param>
/// <param name="Labels">The class of each row.</param>
/// <param name="Classes">The number of classes.</param>
/// <param name="Copy">The network itself, made for those who ask.</param>
internal sealed record MeasuredNetwork(float[] Logits, int[] Labels, int Classes, Lazy<NetworkCopy> Copy);
