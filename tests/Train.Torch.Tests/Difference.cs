namespace Pipeline.Train.Torch.Tests;

/// <summary>A value on both backends.</summary>
/// <param name="Managed">The managed backend's.</param>
/// <param name="Torch">That of torch.</param>
/// <param name="Share">Their difference as a share of the largest value of the tensor, as <see cref="Parity.Tolerance"/> is one.</param>
internal sealed record Difference(float Managed, float Torch, float Share);
