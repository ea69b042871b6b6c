namespace Pipeline.Numerics.Tests;

public sealed class RandomStreamTests
{
    private const int Count = 100_000;

    [Fact]
    public void A_stream_is_the_philox_blocks_of_its_seed_purpose_and_indices()
    {
        var reader = new RandomStream(0x123456789abcdef0, RandomPurpose.Dropout, Index: 7, Subindex: 9).Read();

        for (var block = 0u; block < 20; block++)
        {
            var (x0, x1, x2, x3) = Philox4x32.Block(block, 9, 7, (uint)RandomPurpose.Dropout, 0x9abcdef0, 0x12345678);
            Assert.Equal(x0, reader.NextUInt32());
            Assert.Equal(x1, reader.NextUInt32());
            Assert.Equal(((ulong)x3 << 32) | x2, reader.NextUInt64());
        }
    }

    [Fact]
    public void Streams_that_differ_in_anything_differ_in_their_numbers()
    {
        RandomStream[] streams =
        [
            new(1, RandomPurpose.Weights),
            new(2, RandomPurpose.Weights),
            new(1UL << 32, RandomPurpose.Weights),
            new(1, RandomPurpose.Dropout),
            new(1, RandomPurpose.Weights, 1),
            new(1, RandomPurpose.Weights, 0, 1),
        ];

        var starts = streams.Select(s =>
        {
            var reader = s.Read();
            return reader.NextUInt64();
        });

        Assert.Equal(streams.Length, starts.Distinct().Count());
    }

    [Fact]
    public void The_codes_of_purposes_do_not_change() =>
        Assert.Equal(
            ["Data=0", "Split=1", "Weights=2", "BatchOrder=3", "Dropout=4", "Augmentation=5", "Axis=6", "Sampling=7"],
            Enum.GetValues<RandomPurpose>().Select(p => $"{p}={(int)p}")
        );

    [Fact]
    public void A_longer_span_begins_like_a_shorter_one()
    {
        var stream = new RandomStream(5, RandomPurpose.Weights);
        var (uniform, normal) = (new float[700], new float[700]);
        stream.FillUniform(uniform);
        stream.FillNormal(normal);

        for (var length = 0; length <= 300; length++)
        {
            var part = new float[length];
            stream.FillUniform(part);
            Assert.Equal(uniform[..length], part);
            stream.FillNormal(part);
            Assert.Equal(normal[..length], part);
        }
    }

    [Fact]
    public void Uniform_numbers_are_words_scaled()
    {
        var stream = new RandomStream(5, RandomPurpose.Dropout);
        var uniform = new float[100];
        stream.FillUniform(uniform);

        var reader = stream.Read();
        foreach (var u in uniform)
            Assert.Equal((reader.NextUInt32() >> 8) / 16777216f, u);
    }

    [Fact]
    public void Uniform_numbers_are_uniform()
    {
        var x = new float[Count];
        new RandomStream(11, RandomPurpose.Dropout).FillUniform(x);

        Assert.All(x, v => Assert.InRange(v, 0, 0.99999994f));
        AssertDistribution(x, v => v, mean: 0.5, variance: 1 / 12.0);
    }

    [Fact]
    public void Normal_numbers_are_normal()
    {
        var x = new float[Count];
        new RandomStream(12, RandomPurpose.Weights).FillNormal(x);

        AssertDistribution(x, v => 0.5 * ErrorFunction.Erfc(-v / Math.Sqrt(2)), mean: 0, variance: 1);
        Assert.InRange(x.Average(v => (double)v * v * v * v), 2.9, 3.1);
    }

    [Fact]
    public void Neighbouring_numbers_and_streams_are_uncorrelated()
    {
        var (x, y) = (new float[Count], new float[Count]);
        new RandomStream(13, RandomPurpose.Weights, 0).FillNormal(x);
        new RandomStream(13, RandomPurpose.Weights, 1).FillNormal(y);

        var limit = 4 / Math.Sqrt(Count);
        Assert.InRange(x.Zip(y, (v, w) => (double)v * w).Average(), -limit, limit);
        Assert.InRange(x.Zip(x.Skip(1), (v, w) => (double)v * w).Average(), -limit, limit);
    }

    [Fact]
    public void Doubles_are_uniform_in_the_unit_interval()
    {
        var reader = new RandomStream(14, RandomPurpose.Data).Read();
        var x = new float[Count];
        for (var i = 0; i < Count; i++)
        {
            var value = reader.NextDouble();
            Assert.InRange(value, 0, 0.99999999999999989);
            x[i] = (float)value;
        }
        AssertDistribution(x, v => v, mean: 0.5, variance: 1 / 12.0);
    }

    [Fact]
    public void Bounded_numbers_are_equally_likely()
    {
        var reader = new RandomStream(15, RandomPurpose.Sampling).Read();
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[reader.NextBelow(7)]++;

        Assert.InRange(counts.Sum(c => (c - 10_000.0) * (c - 10_000.0) / 10_000.0), 0, 22.5); // χ² with 6 degrees of freedom at 0.999
    }

    [Fact]
    public void A_large_bound_is_not_biased()
    {
        // Without rejection, half of all words would fall on multiples of three.
        const uint bound = 3u << 30;
        var reader = new RandomStream(16, RandomPurpose.Sampling).Read();
        var multiples = 0;
        for (var i = 0; i < 60_000; i++)
        {
            var value = reader.NextBelow(bound);
            Assert.True(value < bound);
            multiples += value % 3 == 0 ? 1 : 0;
        }
        Assert.InRange(multiples, 20_000 - 460, 20_000 + 460);
    }

    [Fact]
    public void A_bound_of_zero_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            var reader = new RandomStream(1, RandomPurpose.Data).Read();
            reader.NextBelow(0);
        });
    }

    [Fact]
    public void A_permutation_has_every_number_once()
    {
        for (var length = 0; length <= 256; length++)
        {
            var order = new int[length];
            new RandomStream(17, RandomPurpose.BatchOrder, (uint)length).Permutation(order);
            Assert.Equal(Enumerable.Range(0, length), order.Order());
        }
    }

    [Fact]
    public void Every_permutation_is_equally_likely()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var order = new int[4];
        for (var i = 0u; i < 24_000; i++)
        {
            new RandomStream(18, RandomPurpose.BatchOrder, i).Permutation(order);
            var key = string.Join(',', order);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        Assert.Equal(24, counts.Count);
        Assert.InRange(counts.Values.Sum(c => (c - 1000.0) * (c - 1000.0) / 1000.0), 0, 49.8); // χ² with 23 degrees of freedom at 0.999
    }

    [Fact]
    public void Filling_allocates_nothing()
    {
        var (values, order) = (new float[1000], new int[1000]);
        Fill();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Fill();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Fill()
        {
            new RandomStream(1, RandomPurpose.Dropout).FillUniform(values);
            new RandomStream(1, RandomPurpose.Weights).FillNormal(values);
            new RandomStream(1, RandomPurpose.BatchOrder).Permutation(order);
        }
    }

    /// <summary>Mean and variance within four standard errors, and the Kolmogorov-Smirnov distance below its 0.999 quantile.</summary>
    private static void AssertDistribution(float[] x, Func<double, double> cdf, double mean, double variance)
    {
        var sorted = x.Order().ToArray();
        var distance = sorted
            .Select((v, i) => Math.Max(cdf(v) - ((double)i / Count), ((i + 1.0) / Count) - cdf(v)))
            .Max();
        var error = 4 / Math.Sqrt(Count);

        Assert.InRange(
            x.Average(v => (double)v),
            mean - (error * Math.Sqrt(variance)),
            mean + (error * Math.Sqrt(variance))
        );
        Assert.InRange(
            x.Average(v => (v - mean) * (v - mean)),
            variance * (1 - (1.5 * error)),
            variance * (1 + (1.5 * error))
        );
        Assert.InRange(distance, 0, 1.95 / Math.Sqrt(Count));
    }
}
