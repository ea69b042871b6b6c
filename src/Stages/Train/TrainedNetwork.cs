using Pipeline.Networks;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Stages.Train;

/// <summary>A run's network after its training, and what it makes of the test split.</summary>
/// <param name="Description">Its layers.</param>
/// <param name="Tensors">Its weights and running statistics, in the order of <see cref="NetworkDescription.Tensors"/>.</param>
/// <param name="TestInputs">The test rows as the network sees them, row-major [rows, inputs]; images channel after channel.</param>
/// <param name="TestLabels">Their classes [rows], from 0.</param>
/// <param name="TestLogits">Their logits in inference mode, row-major [rows, classes].</param>
public sealed record TrainedNetwork(
    NetworkDescription Description,
    IReadOnlyList<NamedTensor> Tensors,
    float[] TestInputs,
    int[] TestLabels,
    float[] TestLogits
);
