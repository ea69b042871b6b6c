using Pipeline.Networks.Activations;
using Pipeline.Numerics;

namespace Pipeline.Networks.Tests;

public sealed class ActivationCountTests
{
    public static TheoryData<string> Activations() => [.. ActivationCatalogue.Names];

    [Theory]
    [MemberData(nameof(Activations))]
    public void A_counted_activation_gives_the_bits_of_its_reference_and_one_count_for_every_value(string name)
    {
        var operation = Samples.Activations.Single(o => o.Name == name);
        var sut = ActivationCatalogue.Create(name, operation.ArgumentArray);
        float[] x =
        [
            .. Samples.Normals(1000).Select((value, i) => i % 3 == 0 ? 30 * value : value),
            .. new[] { 0, -0f, 3, -3, 6, 8, -8, 20, 1e-31f, -1e-31f, 1e30f, -1e30f },
        ];
        var (dy, y, dx) = (Samples.Normals(x.Length, index: 1), new float[x.Length], new float[x.Length]);
        sut.ForwardReference(x, y);
        sut.BackwardReference(x, y, dy, dx);
        var (forward, backward) = (sut.CountForward(1), sut.CountBackward(1));
        var (countedY, countedDx) = (new float[x.Length], new float[x.Length]);
        for (var i = 0; i < x.Length; i++)
        {
            var (there, back) = (new OperationTally(), new OperationTally());
            countedY[i] = sut.ForwardCounted(new(x[i], there)).Value;
            countedDx[i] = sut.BackwardCounted(new(x[i], back), new(y[i], back), new(dy[i], back)).Value;
            Assert.Equal((forward, backward), (there.Counts, back.Counts));
        }
        Samples.AssertSameBits(y, countedY, $"{name} forward");
        Samples.AssertSameBits(dx, countedDx, $"{name} backward");
    }

    /// <summary>Counted by hand: additions, multiplications, divisions, others.</summary>
    [Theory]
    [InlineData("identity", 0, 0, 0, 0)]
    [InlineData("relu", 0, 0, 0, 2)]
    [InlineData("leaky_relu", 0, 1, 0, 2)]
    [InlineData("relu6", 0, 0, 0, 4)]
    [InlineData("hard_threshold", 0, 0, 0, 4)]
    [InlineData("hard_sigmoid", 1, 1, 0, 4)]
    [InlineData("hard_swish", 1, 2, 0, 4)]
    [InlineData("sigmoid_table", 2, 1, 0, 8)]
    public void The_way_there_takes_as_many_operations_as_by_hand(
        string name,
        int additions,
        int multiplications,
        int divisions,
        int others
    ) =>
        Assert.Equal(
            new(additions, multiplications, divisions, others),
            ActivationCatalogue.Create(name, []).CountForward(1)
        );

    /// <inheritdoc cref="The_way_there_takes_as_many_operations_as_by_hand"/>
    [Theory]
    [InlineData("identity", 0, 0, 0, 0)]
    [InlineData("relu", 0, 0, 0, 2)]
    [InlineData("leaky_relu", 0, 1, 0, 2)]
    [InlineData("relu6", 0, 0, 0, 4)]
    [InlineData("hard_threshold", 0, 1, 0, 0)]
    [InlineData("hard_sigmoid", 0, 1, 0, 3)]
    [InlineData("hard_swish", 1, 2, 0, 4)]
    [InlineData("elu", 1, 1, 0, 2)]
    [InlineData("selu", 1, 2, 0, 2)]
    [InlineData("sigmoid", 1, 2, 0, 0)]
    [InlineData("sigmoid_table", 1, 2, 0, 0)]
    [InlineData("tanh", 1, 2, 0, 1)]
    public void The_way_back_takes_as_many_operations_as_by_hand(
        string name,
        int additions,
        int multiplications,
        int divisions,
        int others
    ) =>
        Assert.Equal(
            new(additions, multiplications, divisions, others),
            ActivationCatalogue.Create(name, []).CountBackward(1)
        );
}
