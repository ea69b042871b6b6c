using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Initializers;
using Pipeline.Numerics;

namespace Pipeline.Networks;

/// <summary>The values from which the training of a network starts, the same for every backend.</summary>
public static class InitialWeights
{
    /// <summary>
    /// All tensors of a network, in the order of <see cref="NetworkDescription.Tensors"/>. The n-th weight draws from
    /// the stream (seed, <see cref="RandomPurpose.Weights"/>, n), so that networks which differ in activation or
    /// normalization alone share their weights, and those that differ in <see cref="NetworkDescription.BranchInitialization"/> all others.
    /// </summary>
    /// <exception cref="ArgumentException">A size is out of range, or an operation is not in its catalogue.</exception>
    public static IReadOnlyList<NamedTensor> Create(NetworkDescription description, ulong seed)
    {
        var initializer = Make(description.Initialization);
        var branchInitializer = description.BranchInitialization is { } branch ? Make(branch) : initializer;
        var branchEnds = BranchEnds(description);
        var weights = 0u;
        var tensors = new List<NamedTensor>();
        foreach (var tensor in description.Tensors())
        {
            var values = new float[tensor.Length];
            if (tensor.Role is TensorRole.Weight)
            {
                var stream = new RandomStream(seed, RandomPurpose.Weights, weights++);
                var filling = branchEnds.Contains(tensor.Name) ? branchInitializer : initializer;
                filling.Fill(stream, WeightShape.Of(tensor), values);
            }
            else if (tensor.Role is TensorRole.Bias)
            {
                values.AsSpan().Fill((float)description.InitialBias);
            }
            else if (tensor.Role is TensorRole.Scale or TensorRole.RunningVariance)
            {
                values.AsSpan().Fill(1);
            }
            tensors.Add(new(tensor.Name, tensor.Shape, values));
        }
        return tensors;
    }

    private static Initializer Make(Operation operation) =>
        InitializerCatalogue.Create(operation.Name, operation.ArgumentArray);

    /// <summary>The names of the last weights of the residual blocks' bodies.</summary>
    private static HashSet<string> BranchEnds(NetworkDescription description) =>
        description
            .Layers()
            .OfType<ResidualDescription>()
            .Select(block =>
                block.Body.SelectMany(layer => layer.Tensors()).Last(t => t.Role is TensorRole.Weight).Name
            )
            .ToHashSet(StringComparer.Ordinal);
}
