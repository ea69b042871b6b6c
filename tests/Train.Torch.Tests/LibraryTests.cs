using Pipeline.Stages.Train.Torch;

namespace Pipeline.Train.Torch.Tests;

/// <summary>What is said where libtorch can't be loaded or a device isn't there; most of it needs no libtorch.</summary>
public sealed class LibraryTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("\0GLIBCXX_3.4.30\0GLIBCXX_3.4.33\0GLIBCXX_3.4.32\0", true)]
    [InlineData("\0GLIBCXX_3.4.30\0GLIBCXX_3.4.3\0GLIBCXX_3.4.321\0", false)]
    public void An_old_runtime_is_known_by_the_versions_it_has(string text, bool isNewEnough)
    {
        File.WriteAllText(file, text);
        var misfit = TorchSystem.MisfitOf(file);
        Assert.Equal(isNewEnough, misfit is null);
        if (!isNewEnough)
        {
            Assert.Contains("lacks GLIBCXX_3.4.32", misfit, StringComparison.Ordinal);
            Assert.Contains("Debian 13, Ubuntu 24.04 and Fedora 38", misfit, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(
        "Unable to load shared library 'LibTorchSharp' or one of its dependencies.\n/x/libLibTorchSharp.so: /lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /x/libLibTorchSharp.so)",
        "libstdc++.so.6 of this system lacks GLIBCXX_3.4.32"
    )]
    [InlineData(
        "/x/libtorch_cpu.so: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by /x/libtorch_cpu.so)",
        "libc.so.6 of this system lacks GLIBC_2.38"
    )]
    [InlineData(
        "/x/LibTorchSharp.so: cannot open shared object file: No such file or directory\nlibgomp.so.1: cannot open shared object file: No such file or directory",
        "lacks the library libgomp.so.1"
    )]
    [InlineData(
        "libtorch_cpu.so: cannot open shared object file: No such file or directory",
        "libtorch is not there: build with the property Torch=cpu"
    )]
    [InlineData("Unable to find an entry point", "libtorch is not there")]
    [InlineData(null, "don't belong together")]
    public void The_loaders_words_become_a_sentence_with_the_true_cause(string? words, string cause) =>
        Assert.Contains(cause, TorchLibrary.Sentence(words), StringComparison.Ordinal);

    [Fact]
    public void Without_libtorch_the_reason_is_one_sentence_or_two_and_not_a_page()
    {
        if (TorchLibrary.Misfit is { } misfit)
        {
            Assert.DoesNotContain('\n', misfit);
            Assert.InRange(misfit.Length, 20, 300);
            Assert.Equal(misfit, Assert.Throws<TorchException>(TorchLibrary.Load).Message);
        }
        else
        {
            TorchLibrary.Load();
            Assert.Null(TorchSystem.Misfit());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:x")]
    [InlineData("cuda:-1")]
    [InlineData("CPU")]
    public void An_unknown_device_is_named(string device) =>
        Assert.Equal(
            $"There is no device '{device}': choose cpu, cuda, or cuda:1 and so on.",
            Assert.Throws<TorchException>(() => TorchBackend.On(device)).Message
        );

    [Theory]
    [InlineData(
        "CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total capacity of 79.10 GiB",
        "of the GPU is"
    )]
    [InlineData("CUDA error: out of memory", "of the GPU is")]
    [InlineData(
        "[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes",
        "of the machine is"
    )]
    [InlineData("mat1 and mat2 shapes cannot be multiplied", null)]
    public void Exhausted_memory_is_known_by_what_libtorch_says(string words, string? whose)
    {
        var exception = new InvalidOperationException(words);
        Assert.Equal(whose is not null, TorchMemory.IsExhausted(exception));
        if (whose is not null)
            Assert.StartsWith(
                $"The memory {whose} exhausted: choose a smaller batch_size",
                TorchMemory.Exhausted(exception).Message,
                StringComparison.Ordinal
            );
    }

    [TorchFact]
    public void A_device_that_is_not_there_is_named()
    {
        var exception = Assert.Throws<TorchException>(() => TorchBackend.On("cuda:99"));
        Assert.StartsWith("The device cuda:99 isn't there: ", exception.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void The_backend_bears_its_name() => Assert.Equal("torch", TorchBackend.On("cpu").Name);
}
